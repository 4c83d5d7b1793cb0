/** Settings of the analyst. */
export { SettingsDialog } from './settings-dialog.tsx';
