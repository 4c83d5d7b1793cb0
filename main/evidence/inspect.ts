/**
 * A look at a file before anything is imported: every table in it read by the same code as the import, from its first megabytes,
 * into memory only. Heads of archive entries are kept between questions about the same file, so that a changed setting is answered
 * at once. Writes nothing but temporary files.
 */
import { mkdir, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { toAppError, type AppError, type ImportOptions, type PreviewFile, type PreviewItem } from '../contract/index.ts';
import type { Clock } from '../shared/clock.ts';
import { buildWith, type Built } from './build-table.ts';
import { planColumns, type PlanOptions } from './build/plan.ts';
import { storedColumns } from './build/stage.ts';
import { withDuck } from './duck.ts';
import { emptyFile, importFailure } from './failures.ts';
import { itemIdOf, recognised } from './import-file.ts';
import type { ReadTable } from './importer.ts';
import { openItems, type Item, type OpenItems } from './items.ts';
import { readPreview } from './preview-rows.ts';
import { readItem, zoneOf, type ReadItem } from './read-item.ts';
import { headerKey, type RememberedSettings } from './remembered.ts';
import type { WorkerPool } from './work/pool.ts';

/** Files and entries up to here are read whole, so that their totals are exact; of larger ones only the beginning. */
const wholeBytes = 6 * 1_048_576;
const previewBytes = 2 * 1_048_576;
const maxItems = 200;
const maxKeptFiles = 8;

export type InspectDeps = {
  pool: WorkerPool;
  clock: Clock;
  remembered: RememberedSettings;
  /** A folder for temporary files, made when needed. */
  tempDir(): string;
};

export type Inspector = { inspect(path: string, handle: string, options: Readonly<Record<string, ImportOptions>>): Promise<PreviewFile> };

type Opened = { key: string; tempDir: string; items: Promise<OpenItems> };
type Looked = Awaited<ReturnType<typeof readPreview>> & { rejects: PreviewItem['rejects'] };

const failedItem = (itemId: string, label: string, sizeBytes: number, error: AppError, options: ImportOptions): PreviewItem => ({
  itemId, label, sizeBytes, format: options.format ?? 'text', confidence: 0, recognisedAs: null, matchedColumns: 0, options, rememberedUs: null, columns: [],
  timeColumn: null, timeExample: null, rows: 0, parsed: [], written: [], totalRows: 0, totalExact: true, rejected: 0, rejects: [], warnings: [], error,
});

export const createInspector = ({ pool, clock, remembered, tempDir }: InspectDeps): Inspector => {
  const kept: Opened[] = [];
  let count = 0;

  const openedOf = (path: string, key: string): Opened => {
    const known = kept.find((opened) => opened.key === key);
    if (known !== undefined) return known;
    count += 1;
    const folder = join(tempDir(), `preview-${process.pid}-${count}`);
    const label = basename(path);
    const items = mkdir(folder, { recursive: true }).then(() =>
      openItems({ path, label, tempDir: folder, pool, signal: undefined, skip: [], headBytes: wholeBytes, onProgress: () => undefined }));
    const opened: Opened = { key, tempDir: folder, items };
    kept.push(opened);
    items.catch(() => drop(opened));
    while (kept.length > maxKeptFiles) drop(kept[0]);
    return opened;
  };
  const drop = (opened: Opened | undefined): void => {
    if (opened === undefined) return;
    const at = kept.indexOf(opened);
    if (at >= 0) kept.splice(at, 1);
    void opened.items.catch(() => undefined).then(() => rm(opened.tempDir, { recursive: true, force: true })).catch(() => undefined);
  };

  const read = async (item: Item, options: ImportOptions, folder: string): Promise<ReadItem> => {
    const zone = zoneOf(options);
    // a cut entry ends somewhere in a record: one byte less says so to the readers
    const limitBytes = item.cut ? Math.min(previewBytes, item.sizeBytes - 1) : item.sizeBytes > wholeBytes ? previewBytes : null;
    return readItem({
      path: item.path, label: item.label, name: item.name, sizeBytes: item.sizeBytes, limitBytes, preview: true, options, tempDir: folder, pool, signal: undefined, nowUs: clock.nowUs(),
      withDuck: (reads, work) => withDuck({ tempDir: folder, reads, zone }, work), onProgress: () => undefined,
    });
  };

  const look = (table: ReadTable, options: ImportOptions, folder: string, planOptions: PlanOptions): Promise<Built<Looked>> =>
    buildWith(table, { zone: zoneOf(options), timeColumn: options.timeColumn, planOptions, tempDir: folder, pool, inMemory: true, signal: undefined, onProgress: () => undefined }, async (duck, settled) => {
      const found = await duck.rows('SELECT min(line) AS line, reason, left(arg_min(text, line), 2000) AS text, count(*) AS alike FROM rejects GROUP BY reason ORDER BY min(line) LIMIT 50');
      const rejects = found.map((row) => ({ line: Number(row['line']), reason: String(row['reason']), text: String(row['text'] ?? ''), alike: Number(row['alike']) }));
      return { ...(await readPreview(duck, settled)), rejects };
    });

  const inspectTable = async (item: Item, itemId: string, readable: ReadItem, table: ReadTable, options: ImportOptions, rememberedUs: number | null, folder: string): Promise<PreviewItem> => {
    const planOptions: PlanOptions = { types: options.types ?? {}, dateOrder: options.dateOrder ?? null, nowUs: clock.nowUs() };
    const planned = table.part === '' ? table : { ...table, plan: planColumns(table.raw.columns, planOptions) };
    const { settled, result } = await look(planned, options, folder, planOptions);
    const known = recognised(settled.plan);
    const whole = item.fullBytes ?? null;
    const exact = !item.cut && item.sizeBytes <= wholeBytes;
    const readBytes = exact ? item.sizeBytes : Math.min(item.sizeBytes, previewBytes);
    const scale = exact ? 1 : Math.max(1, (whole ?? item.sizeBytes) / Math.max(1, readBytes));
    const order = settled.plan.find((column) => column.name === settled.timeColumn)?.time?.order;
    return {
      itemId, label: table.part === '' ? item.name : itemIdOf(item.name, table.part), sizeBytes: whole ?? item.sizeBytes,
      format: readable.format, confidence: options.format === undefined ? Math.max(readable.confidence, table.confidence) : 1,
      recognisedAs: known?.name ?? null, matchedColumns: known?.matched ?? 0,
      options: { ...table.settings, ...options, timeColumn: settled.timeColumn, zone: options.zone ?? 'UTC', ...(order != null && order.reason !== 'assumed' ? { dateOrder: order.order } : {}) },
      rememberedUs,
      columns: storedColumns(settled.plan).map(({ name, type, hasOriginal, role }) => ({ name, type, hasOriginal, role })),
      timeColumn: settled.timeColumn, timeExample: settled.timeExample,
      rows: result.rows, parsed: result.parsed, written: result.written,
      totalRows: Math.round(settled.rows * scale), totalExact: exact, rejected: Math.round(settled.rejected * scale), rejects: result.rejects,
      warnings: settled.warnings, error: null,
    };
  };

  const inspectItem = async (item: Item, all: Readonly<Record<string, ImportOptions>>, tempDirOfFile: string): Promise<PreviewItem[]> => {
    const chosen = all[item.entry] ?? {};
    count += 1;
    const folder = join(tempDirOfFile, `look-${count}`);
    await mkdir(folder, { recursive: true });
    try {
      let readable = await read(item, chosen, folder);
      const before = await remembered.find(headerKey(readable.tables[0]?.raw.columns.map((column) => column.name) ?? []));
      const options = before === null ? chosen : { ...before.options, ...chosen };
      if (before !== null) readable = await read(item, options, folder);
      const items: PreviewItem[] = [];
      for (const table of readable.tables) {
        const itemId = itemIdOf(item.entry, table.part);
        const own = table.part === '' ? options : { ...options, ...all[itemId] };
        items.push(await inspectTable(item, itemId, readable, table, own, before?.atUs ?? null, folder).catch((thrown: unknown) => failedItem(itemId, item.name, item.sizeBytes, toAppError(importFailure(thrown, item.label)), own)));
      }
      return items;
    } catch (thrown) {
      return [failedItem(item.entry, item.name, item.fullBytes ?? item.sizeBytes, toAppError(importFailure(thrown, item.label)), chosen)];
    } finally {
      await rm(folder, { recursive: true, force: true }).catch(() => undefined);
    }
  };

  return {
    async inspect(path, handle, options) {
      const name = basename(path);
      let sizeBytes = 0;
      try {
        const found = await stat(path);
        if (found.isDirectory()) throw Object.assign(new Error('a folder'), { code: 'EISDIR' });
        sizeBytes = found.size;
        if (sizeBytes === 0) throw emptyFile(name);
        const opened = openedOf(path, `${path}\n${found.size}\n${found.mtimeMs}`);
        const inside = await opened.items;
        const items: PreviewItem[] = [];
        for (const item of inside.items.slice(0, maxItems)) items.push(...(await inspectItem(item, options, opened.tempDir)));
        for (const failed of inside.failed) items.push(failedItem(failed.label, failed.label, 0, failed.error, {}));
        return { handle, name, sizeBytes, items, error: null };
      } catch (thrown) {
        return { handle, name, sizeBytes, items: [], error: toAppError(importFailure(thrown, name)) };
      }
    },
  };
};
