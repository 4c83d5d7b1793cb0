/**
 * The append-only action log: entries chained by SHA-256. Owns appending, reading and checking the chain.
 * Must not know what commands do. Entry hash: SHA-256 over the UTF-8 of the JSON array
 * [seq, atUs, kind, label, payload, inverse, prev], with payload and inverse as the stored texts (canonical JSON).
 */
import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { canonicalJson } from './canonical.ts';
import { readMeta, writeMeta } from './meta.ts';
import type { Command } from './types.ts';

export type Entry = {
  readonly seq: number;
  readonly atUs: number;
  readonly kind: string;
  readonly label: string;
  /** Canonical JSON. */
  readonly payload: string;
  /** Canonical JSON of the command that takes it back; null when it can't be. */
  readonly inverse: string | null;
  readonly prev: string;
  readonly hash: string;
};

export const genesisHash = '0'.repeat(64);

export const hashOf = (entry: Omit<Entry, 'hash'>): string =>
  createHash('sha256')
    .update(JSON.stringify([entry.seq, entry.atUs, entry.kind, entry.label, entry.payload, entry.inverse, entry.prev]), 'utf8')
    .digest('hex');

export type Head = { readonly seq: number; readonly hash: string };

/** What the database says about itself, beside the log: a log cut at its end no longer agrees with it. */
export const storedHead = (db: Database): Head => ({
  seq: Number(readMeta(db, 'log_count') ?? 0),
  hash: readMeta(db, 'log_head') ?? genesisHash,
});

/** Must run inside the transaction of the change it records. */
export const appendEntry = (db: Database, atUs: number, kind: string, label: string, payload: unknown, inverse: Command | null): Entry => {
  const head = storedHead(db);
  const unhashed = {
    seq: head.seq + 1,
    atUs,
    kind,
    label: label.toWellFormed(),
    payload: canonicalJson(payload),
    inverse: inverse === null ? null : canonicalJson(inverse),
    prev: head.hash,
  };
  const entry: Entry = { ...unhashed, hash: hashOf(unhashed) };
  insertEntry(db, entry);
  return entry;
};

/** Puts an entry down as it is: for appending and for restoring entries that were read, and checked, elsewhere. */
export const insertEntry = (db: Database, entry: Entry): void => {
  db.prepare('INSERT INTO log (seq, at_us, kind, label, payload, inverse, prev, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)').run(
    entry.seq,
    entry.atUs,
    entry.kind,
    entry.label,
    entry.payload,
    entry.inverse,
    entry.prev,
    entry.hash,
  );
  writeMeta(db, 'log_head', entry.hash);
  writeMeta(db, 'log_count', String(entry.seq));
};

const entryColumns = 'seq, at_us AS atUs, kind, label, payload, inverse, prev, hash';

/** No command writes entries of this size; one that large came from elsewhere and is never loaded. */
const maxEntryBytes = 256_000_000;

/** Null when it isn't there, or is too large to be ours. */
export const readEntry = (db: Database, seq: number): Entry | null =>
  (db.prepare(`SELECT ${entryColumns} FROM log WHERE seq = ? AND octet_length(payload) + octet_length(label) + coalesce(octet_length(inverse), 0) <= ${maxEntryBytes}`).get(seq) as
    | Entry
    | undefined) ?? null;

/** Why this entry can't follow that head; null when it can. */
export const linkProblem = (entry: Entry, head: Head): string | null => {
  if (entry.seq !== head.seq + 1) return `entry ${head.seq + 1} is missing`;
  if (entry.prev !== head.hash) return `entry ${entry.seq} does not follow entry ${head.seq}`;
  if (hashOf(entry) !== entry.hash) return `entry ${entry.seq} was changed after it was written`;
  return null;
};
