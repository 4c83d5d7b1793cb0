/** Every permission a page could ask for is refused: Electron would grant most of them by itself. Owns that, for one session. */
import type { Session } from 'electron';
import type { Log } from './log.ts';

export const denyPermissions = (session: Session, log: Log): void => {
  session.setPermissionRequestHandler((_contents, permission, answer) => {
    log('warn', 'permission refused', permission);
    answer(false);
  });
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => answer({}));
  session.on('select-hid-device', (event, _details, answer) => {
    event.preventDefault();
    answer();
  });
  session.on('select-serial-port', (event, _ports, _contents, answer) => {
    event.preventDefault();
    answer('');
  });
  session.on('select-usb-device', (event, _details, answer) => {
    event.preventDefault();
    answer();
  });
};
