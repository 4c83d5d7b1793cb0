/**
 * The page's whole view of the desktop: shell calls, the engine's port, dropped files. Runs sandboxed and isolated; exposes functions
 * only, never `ipcRenderer`, an event or a path. Everything it passes on is checked where it is received.
 */
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { connectChannel, dropChannel, portChannel, shellChannel } from './channels.ts';

type Answer = { ok: true; output: unknown } | { ok: false; error: { message: string } };

ipcRenderer.on(portChannel, (event) => window.postMessage(portChannel, location.origin, event.ports));

contextBridge.exposeInMainWorld('casebench', {
  shell: (op: string, input: unknown): Promise<unknown> => ipcRenderer.invoke(shellChannel, { op, input }),
  connect: (): void => ipcRenderer.send(connectChannel),
  filesFromDrop: async (files: File[]): Promise<unknown> => {
    const paths = files.map((file) => webUtils.getPathForFile(file)).filter((path) => path !== '');
    const answer = (await ipcRenderer.invoke(dropChannel, paths)) as Answer;
    if (!answer.ok) throw new Error(answer.error.message);
    return answer.output;
  },
});
