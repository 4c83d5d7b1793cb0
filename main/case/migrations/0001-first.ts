/** Version 1 of the case database. Released: never edited, only followed by higher numbers. */
import type { Migration } from './index.ts';

export const first: Migration = {
  version: 1,
  readableBy: 1,
  up: (db) =>
    db.exec(`
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- The action log. hash = SHA-256 over the entry and the hash before it.
CREATE TABLE log (
  seq INTEGER PRIMARY KEY,
  at_us INTEGER NOT NULL,
  kind TEXT NOT NULL,
  label TEXT NOT NULL,
  payload TEXT NOT NULL,
  inverse TEXT,
  prev TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;
CREATE TRIGGER log_is_not_edited BEFORE UPDATE ON log BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER log_is_not_cut BEFORE DELETE ON log BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;

-- done: can be undone; undone: can be redone; dropped: undone, then something else was done.
CREATE TABLE undo_state (
  seq INTEGER PRIMARY KEY REFERENCES log (seq),
  state TEXT NOT NULL CHECK (state IN ('done', 'undone', 'dropped'))
) STRICT;
CREATE INDEX undo_state_by_state ON undo_state (state, seq);

CREATE TABLE evidence (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  hidden INTEGER NOT NULL DEFAULT 0,
  name TEXT NOT NULL,
  folder TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  importer TEXT NOT NULL,
  copied INTEGER NOT NULL,
  imported_us INTEGER NOT NULL,
  modified_us INTEGER,
  rows INTEGER NOT NULL,
  rejected INTEGER NOT NULL,
  original_path TEXT NOT NULL,
  copy_path TEXT,
  options_json TEXT NOT NULL
) STRICT;

CREATE TABLE case_table (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  hidden INTEGER NOT NULL DEFAULT 0,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  rows INTEGER NOT NULL,
  rejected INTEGER NOT NULL,
  columns_json TEXT NOT NULL,
  time_column TEXT,
  from_us INTEGER,
  to_us INTEGER,
  evidence_id TEXT REFERENCES evidence (id),
  entry TEXT NOT NULL,
  rejects_table_id TEXT,
  truncated_json TEXT,
  warnings_json TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  created_us INTEGER NOT NULL,
  file TEXT NOT NULL UNIQUE
) STRICT;

-- One line for each row that carries any mark. newest_us orders the list of marked rows.
CREATE TABLE marked_row (
  table_key INTEGER NOT NULL REFERENCES case_table (key),
  row_id INTEGER NOT NULL,
  starred_us INTEGER,
  tags INTEGER NOT NULL DEFAULT 0,
  notes INTEGER NOT NULL DEFAULT 0,
  newest_us INTEGER NOT NULL,
  PRIMARY KEY (table_key, row_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX marked_row_by_time ON marked_row (newest_us DESC);

CREATE TABLE tag (
  key INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  color INTEGER NOT NULL
) STRICT;
CREATE TABLE row_tag (
  table_key INTEGER NOT NULL REFERENCES case_table (key),
  row_id INTEGER NOT NULL,
  tag_key INTEGER NOT NULL REFERENCES tag (key),
  at_us INTEGER NOT NULL,
  PRIMARY KEY (table_key, row_id, tag_key)
) STRICT, WITHOUT ROWID;
CREATE INDEX row_tag_by_tag ON row_tag (tag_key, table_key, row_id);

CREATE TABLE note (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  table_key INTEGER NOT NULL REFERENCES case_table (key),
  row_id INTEGER NOT NULL,
  text TEXT NOT NULL,
  created_us INTEGER NOT NULL,
  edited_us INTEGER
) STRICT;
CREATE INDEX note_by_row ON note (table_key, row_id);

CREATE TABLE board (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  label TEXT NOT NULL,
  payload TEXT NOT NULL,
  created_us INTEGER NOT NULL
) STRICT;

-- Not part of the history: how views stood, and what the last verification found.
CREATE TABLE view_state (key TEXT PRIMARY KEY, json TEXT NOT NULL, at_us INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE check_state (
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  state TEXT NOT NULL,
  at_us INTEGER NOT NULL,
  PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;
`),
};
