/** The native file dialogs. Owns their words and options; answers with paths, which go no further than handles.ts. */
import { dialog, type BrowserWindow, type OpenDialogOptions, type SaveDialogOptions } from 'electron';
import type { InputOf } from '../main/contract/define.ts';
import type { ShellOps } from '../main/contract/index.ts';

type FolderPurpose = InputOf<ShellOps['shell.pickFolder']>['purpose'];

const folderWords: Record<FolderPurpose, { title: string; button: string; creates: boolean }> = {
  openCase: { title: 'Open case', button: 'Open case', creates: false },
  newCase: { title: 'Folder for the new case', button: 'Create here', creates: true },
  moveCase: { title: 'Move case to', button: 'Move here', creates: true },
  evidence: { title: 'Import folder', button: 'Import folder', creates: false },
};

export type Dialogs = {
  evidence(): Promise<string[]>;
  folder(purpose: FolderPurpose): Promise<string | null>;
  save(suggestedName: string, extension: string): Promise<string | null>;
};

export const createDialogs = (windowOf: () => BrowserWindow | null, saveDir: () => string): Dialogs => {
  const open = async (options: OpenDialogOptions): Promise<string[]> => {
    const window = windowOf();
    const { canceled, filePaths } = window === null ? await dialog.showOpenDialog(options) : await dialog.showOpenDialog(window, options);
    return canceled ? [] : filePaths;
  };
  return {
    evidence: () =>
      open({ title: 'Import evidence', buttonLabel: 'Import', properties: ['openFile', 'multiSelections', 'dontAddToRecent'], filters: [{ name: 'All files', extensions: ['*'] }] }),
    async folder(purpose) {
      const { title, button, creates } = folderWords[purpose];
      const paths = await open({ title, buttonLabel: button, properties: ['openDirectory', 'dontAddToRecent', ...(creates ? (['createDirectory'] as const) : [])] });
      return paths[0] ?? null;
    },
    async save(suggestedName, extension) {
      const window = windowOf();
      const bare = extension.replace(/^\.+/, '');
      const options: SaveDialogOptions = {
        title: 'Export',
        defaultPath: `${saveDir()}/${plainName(suggestedName, bare)}`,
        buttonLabel: 'Export',
        filters: [{ name: bare.toUpperCase(), extensions: [bare] }],
        properties: ['createDirectory', 'showOverwriteConfirmation', 'dontAddToRecent'],
      };
      const { canceled, filePath } = window === null ? await dialog.showSaveDialog(options) : await dialog.showSaveDialog(window, options);
      return canceled || filePath === '' ? null : filePath;
    },
  };
};

/** A file name without folders or characters that some system refuses, with the extension. */
export const plainName = (suggested: string, extension: string): string => {
  const clean = suggested.replaceAll(/[\p{Cc}\p{Cf}<>:"/\\|?*]+/gu, '_').replaceAll(/^[. ]+|[. ]+$/g, '') || 'export';
  return clean.toLowerCase().endsWith(`.${extension.toLowerCase()}`) ? clean : `${clean}.${extension}`;
};
