/**
 * The one place that touches `window.casebench`, what the preload script exposes: shell calls, dropped files, the engine's port.
 */
import { CasebenchError, appError, shellOps, type FileHandle, type InputOf, type OutputOf, type ShellOpName, type ShellOps } from '../../main/contract/index.ts';
import { createEngineClient } from './client.ts';

/** The preload's whole surface. `shell` answers `{ok, output}` or `{ok:false, error}`; `connect` posts a port to the page. */
export type CasebenchBridge = {
  shell(op: string, input: unknown): Promise<{ ok: true; output: unknown } | { ok: false; error: unknown }>;
  connect(): void;
  filesFromDrop(files: File[]): Promise<FileHandle[]>;
};
declare global {
  interface Window {
    readonly casebench: CasebenchBridge;
  }
}

/** Message by which the preload hands the engine's port to the page. */
export const portMessage = 'casebench.port';

export const engine = createEngineClient();

/** Asks for the engine's port; every new port (after an engine restart, too) replaces the one before. */
export const connectEngine = (): void => {
  window.addEventListener('message', (e) => {
    const port = e.ports[0];
    if (e.source === window && e.data === portMessage && port !== undefined) engine.attach(port);
  });
  window.casebench.connect();
};

export const shell = async <K extends ShellOpName>(op: K, input: InputOf<ShellOps[K]>): Promise<OutputOf<ShellOps[K]>> => {
  const answer = await window.casebench.shell(op, input);
  if (answer.ok) return shellOps[op].output.parse(answer.output) as OutputOf<ShellOps[K]>;
  const e = appError.parse(answer.error);
  throw new CasebenchError(e.code, e.message, e.detail === undefined ? {} : { detail: e.detail });
};

export const handlesOfDrop = (files: File[]): Promise<FileHandle[]> => window.casebench.filesFromDrop(files);
