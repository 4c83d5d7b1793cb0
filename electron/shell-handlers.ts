/**
 * Answers the `shell.*` operations: one handler for each, checked by type. Owns looking the operation up and checking its input; what
 * the handlers do lives in the files they call.
 */
import { clipboard, type BrowserWindow } from 'electron';
import { z } from 'zod';
import { CasebenchError, shellOps, type FileHandle, type OutputOf, type ParsedInputOf, type ShellOpName, type ShellOps } from '../main/contract/index.ts';
import type { Dialogs } from './dialogs.ts';
import type { ExternalGate } from './external-gate.ts';
import type { Handles } from './handles.ts';

export type Boot = OutputOf<ShellOps['shell.boot']>;
export type About = OutputOf<ShellOps['shell.about']>;

export type ShellDeps = {
  readonly dialogs: Dialogs;
  readonly handles: Handles;
  readonly openExternal: ExternalGate;
  readonly about: About;
  windowOf(): BrowserWindow | null;
  /** What the command line asked for; answered once, so that a reload doesn't do it again. */
  takeBoot(): Promise<Boot>;
  onIdle(): void;
};

type ShellHandlers = { [K in ShellOpName]: (input: ParsedInputOf<ShellOps[K]>) => OutputOf<ShellOps[K]> | Promise<OutputOf<ShellOps[K]>> };

const windowState = (window: BrowserWindow | null): OutputOf<ShellOps['shell.window']> => ({
  maximised: window?.isMaximized() ?? false,
  fullScreen: window?.isFullScreen() ?? false,
});

const createHandlers = ({ dialogs, handles, openExternal, about, windowOf, takeBoot, onIdle }: ShellDeps): ShellHandlers => ({
  'shell.pickEvidence': async () => ({ files: await Promise.all((await dialogs.evidence()).map((path) => handles.read(path))) }),
  'shell.pickFolder': async ({ purpose }) => {
    const path = await dialogs.folder(purpose);
    return { folder: path === null ? null : await handles.read(path) };
  },
  'shell.pickSave': async ({ suggestedName, extension }) => {
    const path = await dialogs.save(suggestedName, extension);
    return { file: path === null ? null : await handles.write(path) };
  },
  'shell.openExternal': async ({ url }) => ({ opened: await openExternal(url) }),
  'shell.copyText': ({ text }) => {
    clipboard.writeText(text);
    return {};
  },
  'shell.window': ({ action }) => {
    const window = windowOf();
    if (action === 'minimise') window?.minimize();
    if (action === 'toggleMaximise') {
      if (window?.isMaximized()) window.unmaximize();
      else window?.maximize();
    }
    // After the answer: closing at once would leave the caller without one.
    if (action === 'close') setImmediate(() => window?.close());
    return windowState(window);
  },
  'shell.about': () => about,
  'shell.boot': () => takeBoot(),
  'shell.idle': () => {
    onIdle();
    return {};
  },
});

const call = z.strictObject({ op: z.string().max(100), input: z.unknown() });
const dropped = z.array(z.string().min(1).max(32_768)).max(10_000);

const isShellOp = (op: string): op is ShellOpName => Object.hasOwn(shellOps, op);
const notUnderstood = (detail: string): CasebenchError => new CasebenchError('input.invalid', 'The desktop shell did not understand this call. Nothing was done.', { detail });

export type ShellCalls = {
  /** `{op, input}` from the page. */
  run(message: unknown): Promise<unknown>;
  /** Paths of dropped files, from the preload. */
  drop(paths: unknown): Promise<FileHandle[]>;
};

export const createShellCalls = (deps: ShellDeps): ShellCalls => {
  const handlers = createHandlers(deps);
  return {
    async run(message) {
      const parsed = call.safeParse(message);
      if (!parsed.success) throw notUnderstood(z.prettifyError(parsed.error));
      const { op, input } = parsed.data;
      if (!isShellOp(op)) throw new CasebenchError('op.unknown', 'The desktop shell does not know this operation. Nothing was done.', { detail: op });
      const checked = shellOps[op].input.safeParse(input);
      if (!checked.success) throw notUnderstood(z.prettifyError(checked.error));
      return (handlers[op] as (value: unknown) => unknown)(checked.data);
    },
    async drop(paths) {
      const parsed = dropped.safeParse(paths);
      if (!parsed.success) throw notUnderstood('a list of dropped files');
      return Promise.all(parsed.data.map((path) => deps.handles.read(path)));
    },
  };
};
