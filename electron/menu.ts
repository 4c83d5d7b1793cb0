/** The application menu: the standard one on macOS, where copy and quit depend on it; none elsewhere, the title bar has it all. */
import { Menu } from 'electron';

export const setMenu = (): void =>
  Menu.setApplicationMenu(
    process.platform === 'darwin' ? Menu.buildFromTemplate([{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }]) : null,
  );
