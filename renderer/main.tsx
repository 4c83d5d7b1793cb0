/** Entry of the main window: connects the engine, loads settings, registers views and commands, draws the frame, then does what the command line asked for. */
import './engine/page-setup.ts';
import '@fontsource-variable/inter/wght.css';
import '@fontsource/jetbrains-mono/400.css';
import '@fontsource/jetbrains-mono/500.css';
import '@fontsource/jetbrains-mono/600.css';
import '@mantine/core/styles.layer.css';
import './theme/tokens.css';
import './theme/base.css';
import './theme/controls.css';
import './theme/mantine.css';
import { createRoot } from 'react-dom/client';
import { attachKeyboard } from './commands/use-keys.ts';
import { connectEngine } from './engine/bridge.ts';
import { App } from './shell/app.tsx';
import { boot } from './shell/boot.ts';
import { registerGlobalCommands } from './shell/global-commands.ts';
import { followSession } from './shell/session.ts';
import { registerViews } from './views.ts';
import { followCase } from './state/case-store.ts';
import { followJobs } from './state/jobs-store.ts';
import { followTags } from './state/tags.ts';

connectEngine();
followCase();
followJobs();
followTags();
followSession();
registerViews();
registerGlobalCommands();
attachKeyboard(window);

const root = document.getElementById('root');
if (root !== null) createRoot(root).render(<App />);
void boot();
