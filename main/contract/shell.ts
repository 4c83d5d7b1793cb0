/**
 * What only the desktop shell (electron/) can do: dialogs, window, clipboard, external links. Paths never reach the renderer:
 * dialogs and drops answer with opaque handles that the shell has told the engine about.
 */
import { z } from 'zod';
import { call, done, nothing } from './define.ts';
import { id } from './values.ts';

export const fileHandle = z.strictObject({
  handle: id,
  /** File or folder name without its folders. */
  name: z.string(),
  sizeBytes: z.number().nullable(),
  kind: z.enum(['file', 'folder']),
});
export type FileHandle = z.infer<typeof fileHandle>;

export const shellOps = {
  'shell.pickEvidence': call(nothing, z.strictObject({ files: z.array(fileHandle) })),
  /** A folder: an existing case, or where a new one goes. */
  'shell.pickFolder': call(z.strictObject({ purpose: z.enum(['openCase', 'newCase', 'moveCase', 'evidence']) }), z.strictObject({ folder: fileHandle.nullable() })),
  'shell.pickSave': call(
    z.strictObject({ suggestedName: z.string().min(1).max(200), extension: z.string().regex(/^[a-z0-9.]{1,12}$/) }),
    z.strictObject({ file: fileHandle.nullable() }),
  ),
  /** https only, shown to the analyst before it opens. */
  'shell.openExternal': call(z.strictObject({ url: z.string().max(4_000) }), z.strictObject({ opened: z.boolean() })),
  'shell.copyText': call(z.strictObject({ text: z.string().max(50_000_000) }), done),
  'shell.window': call(z.strictObject({ action: z.enum(['minimise', 'toggleMaximise', 'close', 'state']) }), z.strictObject({ maximised: z.boolean(), fullScreen: z.boolean() })),
  'shell.about': call(
    nothing,
    z.strictObject({
      version: z.string(),
      electron: z.string(),
      chrome: z.string(),
      /** True when this is the stand-in runtime for development and tests. */
      developmentRuntime: z.boolean(),
      packaged: z.boolean(),
    }),
  ),
  /** What the command line asked for, once. */
  'shell.boot': call(
    nothing,
    z.strictObject({
      caseHandle: id.nullable(),
      demo: z.boolean(),
      screenshot: z.boolean(),
      theme: z.enum(['dark', 'light', 'hc']).nullable(),
    }),
  ),
  /** Every view is drawn and idle: with --screenshot, the shell saves the picture and quits. */
  'shell.idle': call(nothing, done),
} as const;
export type ShellOpName = keyof typeof shellOps;
