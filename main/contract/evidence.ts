/** Evidence in: what a file is, a preview before anything is imported, and the import job. Files are opaque handles here. */
import { z } from 'zod';
import { call, job } from './define.ts';
import { appError } from './errors.ts';
import { columnData, columnInfo, columnName, columnType, id, micros } from './values.ts';

export const formats = ['csv', 'json', 'jsonl', 'parquet', 'pickle', 'text'] as const;
export const encodings = ['utf-8', 'utf-8-bom', 'utf-16le', 'utf-16be', 'latin-1'] as const;

/** Everything an analyst can settle about one file or archive entry. Absent: decided by sniffing. */
export const importOptions = z.strictObject({
  format: z.enum(formats).optional(),
  encoding: z.enum(encodings).optional(),
  delimiter: z.string().length(1).optional(),
  quote: z.string().max(1).optional(),
  /** 1-based line of the header; 0 for none. */
  headerRow: z.number().int().min(0).max(1_000).optional(),
  timeColumn: columnName.nullable().optional(),
  /** Zone of times written without one: IANA name, default UTC. */
  zone: z.string().max(60).optional(),
  dateOrder: z.enum(['mdy', 'dmy']).optional(),
  types: z.record(columnName, columnType).optional(),
  tableName: z.string().min(1).max(200).optional(),
});
export type ImportOptions = z.infer<typeof importOptions>;

/** Path inside an archive; an entry's name is at most 64 KiB, nested ones are joined. */
const itemId = z.string().max(200_000);

export const rejectSample = z.strictObject({
  /** 1-based line (text formats) or record number. */
  line: z.number().int(),
  reason: z.string(),
  text: z.string(),
  /** How many rows have this reason. */
  alike: z.number().int(),
});

export const previewItem = z.strictObject({
  /** Path inside an archive or name of a frame; '' for a plain file. */
  itemId,
  label: z.string(),
  sizeBytes: z.number().int(),
  format: z.enum(formats),
  /** 0–1, of the sniffed format. */
  confidence: z.number(),
  /** A known schema whose columns these are, e.g. SigninLogs. */
  recognisedAs: z.string().nullable(),
  matchedColumns: z.number().int(),
  /** Settings in force: sniffed ones completed by the analyst's. */
  options: importOptions,
  /** Settings were remembered from an earlier import with this header. */
  rememberedUs: micros.nullable(),
  columns: z.array(columnInfo),
  timeColumn: columnName.nullable(),
  /** How the first value of the time column is read. */
  timeExample: z.strictObject({ text: z.string(), us: micros, note: z.string() }).nullable(),
  /** The first rows, parsed and as written. */
  rows: z.number().int(),
  parsed: z.array(columnData),
  written: z.array(z.array(z.string().nullable())),
  /** Exact for small files, else an estimate. */
  totalRows: z.number().int(),
  totalExact: z.boolean(),
  rejected: z.number().int(),
  rejects: z.array(rejectSample),
  warnings: z.array(z.string()),
  error: appError.nullable(),
});
export type PreviewItem = z.infer<typeof previewItem>;

export const previewFile = z.strictObject({
  handle: id,
  name: z.string(),
  sizeBytes: z.number().int(),
  items: z.array(previewItem),
  /** The file as a whole can't be read. */
  error: appError.nullable(),
});
export type PreviewFile = z.infer<typeof previewFile>;

export const importedTable = z.strictObject({
  tableId: id,
  name: z.string(),
  rows: z.number().int(),
  rejected: z.number().int(),
  columns: z.array(z.strictObject({ name: columnName, type: columnType })),
  /** File name, with ` › entry` inside an archive. */
  source: z.string(),
  sha256: z.string(),
});
export type ImportedTable = z.infer<typeof importedTable>;

export const importResult = z.strictObject({
  tables: z.array(importedTable),
  failed: z.array(z.strictObject({ source: z.string(), error: appError })),
});
export type ImportResult = z.infer<typeof importResult>;

export const evidenceOps = {
  /** Reads at most a few megabytes of the file and answers fast enough to follow a changed setting. */
  'evidence.inspect': call(
    z.strictObject({ handle: id, options: z.record(itemId, importOptions).default({}) }),
    previewFile,
  ),
  /** All files as one job; each file's tables appear together or not at all. Cancel leaves no half table. */
  'evidence.import': job(
    z.strictObject({
      files: z
        .array(
          z.strictObject({
            handle: id,
            /** By itemId; an item set to null is left out. Absent items use sniffed settings. */
            items: z.record(itemId, importOptions.nullable()).default({}),
          }),
        )
        .min(1)
        .max(1_000),
      copyOriginals: z.boolean().default(false),
      remember: z.boolean().default(false),
    }),
    importResult,
  ),
} as const;
