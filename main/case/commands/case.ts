/** The case itself: its first entry, its name, and the note that it was restored. */
import { z } from 'zod';
import { micros } from '../../contract/index.ts';
import { readMeta, writeMeta } from '../meta.ts';
import { unchanged } from '../types.ts';
import type { Touched } from '../types.ts';
import { countOf, defineCommand, quoted } from './define.ts';

const touched: Touched = { kinds: ['case'], tableIds: [] };
const name = z.string().trim().min(1).max(120);

/** Always entry 1: a replay of the log starts from an empty database. */
export const caseCreate = defineCommand({
  kind: 'case.create',
  payload: z.strictObject({ caseId: z.string().min(1), name, createdUs: micros, appVersion: z.string() }),
  label: (payload) => `Create case ${quoted(payload.name)}`,
  touches: () => touched,
  apply: (db, payload) => {
    writeMeta(db, 'case_id', payload.caseId);
    writeMeta(db, 'name', payload.name);
    writeMeta(db, 'created_us', String(payload.createdUs));
    return null;
  },
});

export const caseRename = defineCommand({
  kind: 'case.rename',
  payload: z.strictObject({ name }),
  label: (payload) => `Rename case to ${quoted(payload.name)}`,
  touches: () => touched,
  apply: (db, payload) => {
    const before = readMeta(db, 'name') ?? '';
    if (before === payload.name) return unchanged;
    writeMeta(db, 'name', payload.name);
    return { kind: 'case.rename', payload: { name: before } };
  },
});

/** Changes nothing: the log says that the database was put together again, from what, and what is missing. */
export const caseRestored = defineCommand({
  kind: 'case.restored',
  payload: z.strictObject({
    /** File name in backup/, null when the log alone was enough. */
    backup: z.string().nullable(),
    /** Entries taken from the damaged database. */
    replayed: z.number().int(),
    /** Entries known to have been there and not found; null when that can't be known. */
    lost: z.number().int().nullable(),
    reason: z.string(),
  }),
  label: (payload) => `Restore case.db${payload.lost === 0 ? '' : payload.lost === null ? ', later changes may be missing' : `, ${countOf(payload.lost, 'change')} missing`}`,
  touches: () => touched,
  apply: () => null,
});
