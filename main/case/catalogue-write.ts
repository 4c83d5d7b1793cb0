/** Puts evidence and tables into the catalogue. Only commands and the rebuilding of a case call it; must not decide anything. */
import type { Database } from 'better-sqlite3';
import type { StoredEvidence, StoredTable } from './types.ts';

export const insertEvidence = (db: Database, e: StoredEvidence): void => {
  db.prepare(
    `INSERT INTO evidence (id, name, folder, size_bytes, sha256, importer, copied, imported_us, modified_us, rows, rejected, original_path, copy_path, options_json)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(e.id, e.name, e.folder, e.sizeBytes, e.sha256, e.importer, e.copied ? 1 : 0, e.importedUs, e.modifiedUs, e.rows, e.rejected, e.originalPath, e.copyPath, e.optionsJson);
};

export const insertTable = (db: Database, t: StoredTable): void => {
  db.prepare(
    `INSERT INTO case_table (id, name, kind, rows, rejected, columns_json, time_column, from_us, to_us, evidence_id, entry, rejects_table_id, truncated_json, warnings_json, sha256, size_bytes, created_us, file)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    t.id,
    t.name,
    t.kind,
    t.rows,
    t.rejected,
    JSON.stringify(t.columns),
    t.timeColumn,
    t.fromUs,
    t.toUs,
    t.evidenceId,
    t.entry,
    t.rejectsTableId,
    t.truncated === null ? null : JSON.stringify(t.truncated),
    JSON.stringify(t.warnings),
    t.sha256,
    t.sizeBytes,
    t.createdUs,
    t.file,
  );
};
