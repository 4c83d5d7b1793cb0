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

/** Shell to engine only; the renderer's port refuses these. `client` numbers a window's port in child-process transport. */
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
  }),
  /** The analyst chose this path in a dialog, by a drop or on the command line. */
  z.strictObject({ t: z.literal('control'), control: z.literal('grant'), handle: z.string(), path: z.string(), mode: z.enum(['read', 'write']) }),
  /** Finish writing, close the case, answer `closed`, exit. */
  z.strictObject({ t: z.literal('control'), control: z.literal('shutdown') }),
]);
export type Control = z.infer<typeof control>;

/** Engine to shell. */
export const controlReply = z.discriminatedUnion('control', [
  z.strictObject({ t: z.literal('control'), control: z.literal('ready') }),
  z.strictObject({ t: z.literal('control'), control: z.literal('closed') }),
]);
export type ControlReply = z.infer<typeof controlReply>;
