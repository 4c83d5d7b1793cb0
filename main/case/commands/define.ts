/**
 * How the case's own commands are written: one schema, one label, one apply. The schema guards replays of logs that others
 * may have edited. Owns nothing at run time.
 */
import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { CasebenchError } from '../../contract/index.ts';
import type { Command, CommandContext, CommandHandler, Touched } from '../types.ts';

/** A handler whose payload is checked before it is used. */
export type AnyCommand = CommandHandler<unknown>;

export const defineCommand = <S extends z.ZodType>(spec: {
  kind: string;
  payload: S;
  label(payload: z.output<S>): string;
  touches(payload: z.output<S>): Touched;
  apply(db: Database, payload: z.output<S>, context: CommandContext): Command | null;
}): AnyCommand => {
  const read = (payload: unknown): z.output<S> => {
    const parsed = spec.payload.safeParse(payload);
    if (parsed.success) return parsed.data;
    throw new CasebenchError('input.invalid', `The change “${spec.kind}” does not have the form it needs. Nothing was changed.`, { detail: z.prettifyError(parsed.error) });
  };
  return {
    kind: spec.kind,
    label: (payload) => spec.label(read(payload)),
    touches: (payload) => spec.touches(read(payload)),
    apply: (db, payload, context) => spec.apply(db, read(payload), context),
  };
};

export const touchesTables = (...tableIds: string[]): Touched => ({ kinds: ['tables'], tableIds });
export const touchesMarks = (...tableIds: string[]): Touched => ({ kinds: ['marks'], tableIds });

/** Row of `case_table`; throws `notFound`. */
export const tableKey = (db: Database, tableId: string): number => {
  const key = db.prepare('SELECT key FROM case_table WHERE id = ?').pluck().get(tableId);
  if (typeof key === 'number') return key;
  throw new CasebenchError('notFound', 'That table is not in this case. Nothing was changed.', { detail: `table ${tableId}` });
};

export const countOf = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;

/** Text from evidence or an analyst, short enough for a label. */
export const quoted = (text: string, maxChars = 60): string => {
  const line = text.replace(/\s+/g, ' ').trim();
  return `“${line.length > maxChars ? `${line.slice(0, maxChars - 1)}…` : line}”`;
};
