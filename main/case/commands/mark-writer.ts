/**
 * Writes one star or tag at a time and keeps `marked_row` in step: it stands for a row as long as the row carries any mark, and its
 * `newest_us` is the newest time among star, tags and notes. Must not log or label; commands do.
 */
import type { Database } from 'better-sqlite3';
import { CasebenchError } from '../../contract/index.ts';

export const tagColors = 8;

/** Allots a colour at first use and keeps it for the life of the case. */
export const tagKeyOf = (db: Database, name: string, create: boolean): number | null => {
  const found = db.prepare('SELECT key FROM tag WHERE name = ?').pluck().get(name);
  if (typeof found === 'number') return found;
  if (!create) return null;
  const used = Number(db.prepare('SELECT count(*) FROM tag').pluck().get());
  return Number(db.prepare('INSERT INTO tag (name, color) VALUES (?, ?)').run(name, (used % tagColors) + 1).lastInsertRowid);
};

export type MarkWriter = {
  /** False when the row carries the mark already. */
  set(rowId: number, atUs: number): boolean;
  /** When the mark was set; null when the row does not carry it. */
  clear(rowId: number): number | null;
};

/** @param tag null for stars. */
export const markWriter = (db: Database, tableKey: number, tag: string | null): MarkWriter => (tag === null ? starWriter(db, tableKey) : tagWriter(db, tableKey, tag));

/** Newest time among the marks that the row of `marked_row` being updated still carries. */
export const newestOf = `max(
  coalesce(starred_us, 0),
  coalesce((SELECT max(at_us) FROM row_tag WHERE row_tag.table_key = marked_row.table_key AND row_tag.row_id = marked_row.row_id), 0),
  coalesce((SELECT max(coalesce(edited_us, created_us)) FROM note WHERE note.table_key = marked_row.table_key AND note.row_id = marked_row.row_id), 0))`;

const starWriter = (db: Database, tableKey: number): MarkWriter => {
  const set = db.prepare(
    `INSERT INTO marked_row (table_key, row_id, starred_us, newest_us) VALUES (?, ?, ?, ?)
     ON CONFLICT (table_key, row_id) DO UPDATE SET starred_us = excluded.starred_us, newest_us = max(newest_us, excluded.newest_us) WHERE starred_us IS NULL`,
  );
  const drop = db.prepare('DELETE FROM marked_row WHERE table_key = ? AND row_id = ? AND starred_us IS NOT NULL AND tags = 0 AND notes = 0 RETURNING starred_us').pluck();
  const starredAt = db.prepare('SELECT starred_us FROM marked_row WHERE table_key = ? AND row_id = ?').pluck();
  const clear = db.prepare('UPDATE marked_row SET starred_us = NULL WHERE table_key = ? AND row_id = ?');
  const refresh = db.prepare(`UPDATE marked_row SET newest_us = ${newestOf} WHERE table_key = ? AND row_id = ?`);
  return {
    set: (rowId, atUs) => set.run(tableKey, rowId, atUs, atUs).changes > 0,
    clear: (rowId) => {
      const dropped = drop.get(tableKey, rowId);
      if (typeof dropped === 'number') return dropped;
      const before = starredAt.get(tableKey, rowId);
      if (typeof before !== 'number') return null;
      clear.run(tableKey, rowId);
      refresh.run(tableKey, rowId);
      return before;
    },
  };
};

const tagWriter = (db: Database, tableKey: number, tag: string): MarkWriter => {
  let tagKey = tagKeyOf(db, tag, false);
  const set = db.prepare('INSERT INTO row_tag (table_key, row_id, tag_key, at_us) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING');
  const count = db.prepare(
    `INSERT INTO marked_row (table_key, row_id, tags, newest_us) VALUES (?, ?, 1, ?)
     ON CONFLICT (table_key, row_id) DO UPDATE SET tags = tags + 1, newest_us = max(newest_us, excluded.newest_us)`,
  );
  const clear = db.prepare('DELETE FROM row_tag WHERE table_key = ? AND row_id = ? AND tag_key = ? RETURNING at_us').pluck();
  const drop = db.prepare('DELETE FROM marked_row WHERE table_key = ? AND row_id = ? AND starred_us IS NULL AND tags = 1 AND notes = 0');
  const refresh = db.prepare(`UPDATE marked_row SET tags = tags - 1, newest_us = ${newestOf} WHERE table_key = ? AND row_id = ?`);
  return {
    set: (rowId, atUs) => {
      tagKey ??= tagKeyOf(db, tag, true);
      if (set.run(tableKey, rowId, tagKey, atUs).changes === 0) return false;
      count.run(tableKey, rowId, atUs);
      return true;
    },
    clear: (rowId) => {
      if (tagKey === null) return null;
      const atUs = clear.get(tableKey, rowId, tagKey);
      if (typeof atUs !== 'number') return null;
      if (drop.run(tableKey, rowId).changes === 0) refresh.run(tableKey, rowId);
      return atUs;
    },
  };
};

/** Brings `marked_row` in step after the notes of a row changed by `by`. */
export const countNote = (db: Database, tableKey: number, rowId: number, by: 1 | 0 | -1): void => {
  if (by === 1) {
    db.prepare('INSERT INTO marked_row (table_key, row_id, newest_us) VALUES (?, ?, 0) ON CONFLICT DO NOTHING').run(tableKey, rowId);
  }
  const { changes } = db.prepare(`UPDATE marked_row SET notes = notes + ?, newest_us = ${newestOf} WHERE table_key = ? AND row_id = ?`).run(by, tableKey, rowId);
  if (changes === 0) throw new CasebenchError('case.damaged', 'The marks of a row don’t agree with each other. Nothing was changed. Verify the case.');
  if (by === -1) db.prepare('DELETE FROM marked_row WHERE table_key = ? AND row_id = ? AND starred_us IS NULL AND tags = 0 AND notes = 0').run(tableKey, rowId);
};
