/**
 * Messages between renderer and engine, carried by a MessagePort (or a child process channel behind one), and the control
 * messages that only the desktop shell may send to the engine.
 */
import { z } from 'zod';
import { appError } from './errors.ts';

export const request = z.strictObject({ t: z.literal('req'), id: z.number().int(), op: z.string().max(100), input: z.unknown() });
export type Request = z.infer<typeof request>;

export const response = z.discriminatedUnion('ok', [
  z.strictObject({ t: z.literal('res'), id: z.number().int(), ok: z.literal(true), output: z.unknown() }),
  z.strictObject({ t: z.literal('res'), id: z.number().int(), ok: z.literal(false), error: appError }),
]);
export type Response = z.infer<typeof response>;

export const eventMessage = z.strictObject({ t: z.literal('ev'), event: z.string().max(100), payload: z.unknown() });
export type EventMessage = z.infer<typeof eventMessage>;

/**
 * Shell to engine only; the renderer's port refuses these. A window's port is numbered by `client`: in the utility process it
 * comes with the message `client`, behind a child process its messages are wrapped as `clientMessage`.
 */
export const control = z.discriminatedUnion('control', [
  z.strictObject({
    t: z.literal('control'),
    control: z.literal('start'),
    /** Where settings and recent cases are kept, where new cases go, where the shipped samples are. */
    userDataDir: z.string(),
    casesDir: z.string(),
    samplesDir: z.string(),
    homeDir: z.string(),
    appVersion: z.string(),
    /** Folder of the case that was open when the engine before this one ended. */
    reopen: z.string().nullable().default(null),
  }),
  /** The analyst chose this path in a dialog, by a drop or on the command line. Answered by `granted`. */
  z.strictObject({ t: z.literal('control'), control: z.literal('grant'), handle: z.string(), path: z.string(), mode: z.enum(['read', 'write']) }),
  /** A window was connected, or went away. */
  z.strictObject({ t: z.literal('control'), control: z.literal('client'), client: z.number().int() }),
  z.strictObject({ t: z.literal('control'), control: z.literal('clientGone'), client: z.number().int() }),
  /** Finish writing, close the case, answer `closed`, exit. */
  z.strictObject({ t: z.literal('control'), control: z.literal('shutdown') }),
]);
export type Control = z.infer<typeof control>;

/** Child-process transport, both ways: what would stand on the window's own port. */
export const clientMessage = z.strictObject({ t: z.literal('client'), client: z.number().int(), message: z.unknown() });
export type ClientMessage = z.infer<typeof clientMessage>;

/** Engine to shell. */
export const controlReply = z.discriminatedUnion('control', [
  /** Calls are answered from now on; `reopenError` says why the case of before is not open. */
  z.strictObject({ t: z.literal('control'), control: z.literal('ready'), reopenError: appError.nullable() }),
  z.strictObject({ t: z.literal('control'), control: z.literal('granted'), handle: z.string() }),
  /** The folder of the open case, for reopening after a crash. */
  z.strictObject({ t: z.literal('control'), control: z.literal('caseFolder'), folder: z.string().nullable() }),
  /** Sent every few seconds: the engine's loop turns. */
  z.strictObject({ t: z.literal('control'), control: z.literal('alive') }),
  /** A line for the log file: names, codes and places in the source only, never evidence. */
  z.strictObject({ t: z.literal('control'), control: z.literal('log'), level: z.enum(['info', 'warn', 'error']), event: z.string().max(100), detail: z.string().max(4_000) }),
  z.strictObject({ t: z.literal('control'), control: z.literal('closed') }),
]);
export type ControlReply = z.infer<typeof controlReply>;
