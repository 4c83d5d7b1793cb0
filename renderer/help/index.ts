/** Help: key sheet and About box. */
export { HelpDialogs } from './help-dialogs.tsx';
