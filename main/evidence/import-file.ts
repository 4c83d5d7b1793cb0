/**
 * One evidence file into the case: hash (and copy) it, read every table in it, put the table files in place, and enter all of it
 * with a single command. Until that command nothing of the file is in the case; afterwards all of it is.
 */
import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { CasebenchError, toAppError, type AppError, type ImportedTable, type ImportOptions } from '../contract/index.ts';
import type { CaseSession, StoredEvidence, StoredTable } from '../case/types.ts';
import type { Clock } from '../shared/clock.ts';
import { buildTable, type BuiltTable, type Built } from './build-table.ts';
import { planColumns, type ColumnPlan, type PlanOptions } from './build/plan.ts';
import { throwIfCancelled, withDuck } from './duck.ts';
import { changedWhileRead, emptyFile, importFailure } from './failures.ts';
import type { ReadTable } from './importer.ts';
import { openItems, type Item } from './items.ts';
import { readItem, zoneOf, type ReadItem } from './read-item.ts';
import { headerKey, type RememberedSettings } from './remembered.ts';
import { recogniseSchema, type RecognisedSchema } from './schemas.ts';
import { fileSafe, nameFromFile, cleanName, uniqueName } from './table-names.ts';
import type { WorkerPool } from './work/pool.ts';

export type FileToImport = {
  path: string;
  /** Settings by itemId; null leaves the item out. */
  items?: Readonly<Record<string, ImportOptions | null>> | undefined;
};

export type FileContext = {
  session: CaseSession;
  pool: WorkerPool;
  clock: Clock;
  signal: AbortSignal | undefined;
  copyOriginals: boolean;
  remembered: RememberedSettings | null;
  remember: boolean;
  /** Shown instead of the home folder. */
  homeDir: string;
  onProgress(share: number, stage: string): void;
};

export type ImportedFile = { tables: ImportedTable[]; failed: { source: string; error: AppError }[]; stored: StoredTable[] };

export const itemIdOf = (entry: string, part: string): string => (part === '' ? entry : entry === '' ? part : `${entry} › ${part}`);

/** Home shortened to `~`: a folder as shown to a person. */
const shownFolder = (path: string, homeDir: string): string => {
  const folder = dirname(path);
  return homeDir !== '' && (folder === homeDir || folder.startsWith(`${homeDir}/`)) ? `~${folder.slice(homeDir.length)}` : folder;
};

const syncFile = async (path: string): Promise<void> => {
  const handle = await open(path, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/** Makes a rename in this folder survive a power cut; not every file system allows it. */
const syncFolder = async (path: string): Promise<void> => {
  const handle = await open(path, 'r').catch(() => null);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
};

type Done = { item: Item; table: ReadTable; itemId: string; options: ImportOptions; built: Built<BuiltTable> };

const planned = (table: ReadTable, own: ImportOptions | undefined, planOptions: PlanOptions): ReadTable =>
  own === undefined ? table : { ...table, plan: planColumns(table.raw.columns, planOptions), settings: { ...table.settings, ...own } };

const buildItem = async (item: Item, file: FileToImport, context: FileContext, tempDir: string, onProgress: (share: number) => void): Promise<Done[]> => {
  const { pool, clock, signal } = context;
  const chosen = file.items?.[item.entry] ?? {};
  const folder = join(tempDir, `item-${randomUUID().slice(0, 8)}`);
  await mkdir(folder, { recursive: true });
  const nowUs = clock.nowUs();
  const readWith = (options: ImportOptions): Promise<ReadItem> =>
    readItem({
      path: item.path, label: item.label, name: item.name, sizeBytes: item.sizeBytes, limitBytes: null, preview: false, options, tempDir: folder, pool, signal, nowUs,
      withDuck: (reads, work) => withDuck({ tempDir: folder, reads, zone: zoneOf(options), signal }, work),
      onProgress: (share) => onProgress(share * 0.5),
    });
  let read = await readWith(chosen);
  const key = headerKey(read.tables[0]?.raw.columns.map((column) => column.name) ?? []);
  const before = (await context.remembered?.find(key)) ?? null;
  const options = before === null ? chosen : { ...before.options, ...chosen };
  if (before !== null) read = await readWith(options);
  const zone = zoneOf(options);
  const done: Done[] = [];
  for (const [n, table] of read.tables.entries()) {
    const itemId = itemIdOf(item.entry, table.part);
    const own = table.part === '' ? undefined : file.items?.[itemId];
    if (own === null) continue;
    const all = { ...options, ...own };
    const planOptions: PlanOptions = { types: all.types ?? {}, dateOrder: all.dateOrder ?? null, nowUs };
    const built = await buildTable(planned(table, own, planOptions), {
      zone: own?.zone === undefined ? zone : zoneOf(all), timeColumn: all.timeColumn, planOptions, tempDir: folder, pool, signal,
      onProgress: (share) => onProgress((n + share) / read.tables.length),
    });
    done.push({ item, table: built.table, itemId, options: all, built });
  }
  if (context.remember && context.remembered !== null && Object.keys(options).length > 0) await context.remembered.keep(key, options, nowUs);
  return done;
};

/** The known schema a planned table has. */
export const recognised = (plan: readonly ColumnPlan[]): RecognisedSchema | null =>
  recogniseSchema(plan.filter((column) => column.role === null).map((column) => column.name), plan.find((column) => column.name === 'Type')?.samples ?? []);

const nameOf = ({ table, item, options, built }: Done): string => {
  if (options.tableName !== undefined) return cleanName(options.tableName);
  const known = recognised(built.settled.plan);
  if (known !== null && known.names && table.part === '') return known.name;
  return table.name === null ? nameFromFile(item.name) : cleanName(table.name);
};

type Placed = { stored: StoredTable; temp: string; target: string };

const describe = async (done: readonly Done[], evidenceId: string, context: FileContext): Promise<Placed[]> => {
  const { session, pool, signal, clock } = context;
  const taken = new Set(session.tables().map((table) => table.name.toLowerCase()));
  let number = (await readdir(session.tablesDir)).reduce((most, file) => Math.max(most, Number.parseInt(file, 10) || 0), 0);
  const placed: Placed[] = [];
  const place = async (temp: string, name: string, rest: Omit<StoredTable, 'id' | 'name' | 'file' | 'sha256' | 'sizeBytes' | 'createdUs' | 'evidenceId' | 'truncated'>, id: string): Promise<void> => {
    number += 1;
    const fileName = `${String(number).padStart(4, '0')}-${fileSafe(name)}-${id.slice(0, 8)}.parquet`;
    const hashed = await pool.call('hash', { path: temp, copyTo: null }, { signal });
    placed.push({
      temp, target: join(session.tablesDir, fileName),
      stored: { ...rest, id, name, file: `${basename(session.tablesDir)}/${fileName}`, sha256: hashed.sha256, sizeBytes: hashed.sizeBytes, createdUs: clock.nowUs(), evidenceId, truncated: null },
    });
  };
  for (const one of done) {
    const { settled, result } = one.built;
    const name = uniqueName(nameOf(one), taken);
    const id = randomUUID();
    const rejectsId = result.rejects === null ? null : randomUUID();
    await place(result.main.path, name, {
      kind: 'evidence', rows: settled.rows, rejected: settled.rejected, columns: result.main.columns, timeColumn: settled.timeColumn,
      fromUs: settled.fromUs, toUs: settled.toUs, entry: one.itemId, rejectsTableId: rejectsId, warnings: settled.warnings,
    }, id);
    if (result.rejects === null || rejectsId === null) continue;
    await place(result.rejects.path, uniqueName(`Rejected rows of ${name}`, taken), {
      kind: 'rejects', rows: settled.rejected, rejected: 0, columns: result.rejects.columns, timeColumn: null,
      fromUs: null, toUs: null, entry: one.itemId, rejectsTableId: null, warnings: [],
    }, rejectsId);
  }
  return placed;
};

/**
 * Imports one file. Items that can't be read are listed in `failed`; when none can, the first error is thrown.
 * Throws `CasebenchError`; nothing of the file is in the case then.
 */
export const importFile = async (file: FileToImport, context: FileContext): Promise<ImportedFile> => {
  const { session, pool, signal, clock } = context;
  const label = basename(file.path);
  const evidenceId = randomUUID();
  const tempDir = join(session.tempDir, `import-${evidenceId.slice(0, 8)}`);
  const placedTargets: string[] = [];
  const stop = new AbortController();
  const anySignal = signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]);
  const inner = { ...context, signal: anySignal };
  try {
    throwIfCancelled(signal);
    const before = await stat(file.path);
    if (before.isDirectory()) throw Object.assign(new Error('a folder'), { code: 'EISDIR' });
    if (!before.isFile()) throw new CasebenchError('import.unsupported', `${label} is not a regular file. No table was added. Import a file.`);
    if (before.size === 0) throw emptyFile(label);
    await mkdir(tempDir, { recursive: true });
    const copyTemp = context.copyOriginals ? join(tempDir, 'original') : null;
    const hashing = pool.call('hash', { path: file.path, copyTo: copyTemp }, { signal: anySignal });
    hashing.catch(() => undefined);

    const opened = await openItems({ path: file.path, label, tempDir, pool, signal: anySignal, skip: Object.entries(file.items ?? {}).flatMap(([entry, options]) => (options === null && entry !== '' ? [entry] : [])), onProgress: (share) => context.onProgress(share * 0.3, `Unpacking ${label}`) });
    const failed = opened.failed.map(({ label: source, error }) => ({ source, error }));
    const done: Done[] = [];
    const base = opened.unpacked ? 0.3 : 0;
    for (const [n, item] of opened.items.entries()) {
      throwIfCancelled(signal);
      const tell = (share: number): void => context.onProgress(base + ((n + share) / opened.items.length) * (0.97 - base), `Reading ${item.label}`);
      try {
        done.push(...(await buildItem(item, file, inner, tempDir, tell)));
      } catch (thrown) {
        throwIfCancelled(signal);
        const error = importFailure(thrown, item.label);
        if (!opened.unpacked || error.code === 'disk.full' || error.code === 'file.unwritable') throw error;
        failed.push({ source: item.label, error: toAppError(error) });
      }
      if (item.temporary) await rm(item.path, { force: true });
    }
    if (done.length === 0) {
      const [first] = failed;
      if (first === undefined) throw new CasebenchError('import.empty', `${label} holds nothing to import. No table was added.`);
      throw new CasebenchError(first.error.code, first.error.message, { detail: first.error.detail ?? '', retryable: first.error.retryable });
    }

    context.onProgress(0.97, `Saving ${label}`);
    const hashed = await hashing;
    const after = await stat(file.path);
    if (after.size !== before.size || after.mtimeMs !== before.mtimeMs || hashed.sizeBytes !== before.size) throw changedWhileRead(label);

    const placed = await describe(done, evidenceId, inner);
    const copyName = copyTemp === null ? null : `${evidenceId.slice(0, 8)}-${label.replace(/[/\\\p{Cc}]/gu, '_').slice(-180)}`;
    for (const { temp, target } of placed) {
      await syncFile(temp);
      throwIfCancelled(signal);
      placedTargets.push(target);
      await rename(temp, target);
    }
    if (copyTemp !== null && copyName !== null) {
      const target = join(session.evidenceDir, copyName);
      placedTargets.push(target);
      await rename(copyTemp, target);
      await syncFolder(session.evidenceDir);
    }
    await syncFolder(session.tablesDir);
    throwIfCancelled(signal);

    const main = placed.filter(({ stored }) => stored.kind === 'evidence');
    const evidence: StoredEvidence = {
      id: evidenceId, name: label, folder: shownFolder(file.path, context.homeDir), sizeBytes: before.size, sha256: hashed.sha256,
      importer: opened.container ?? done[0]?.table.settings.format ?? 'text', copied: copyName !== null, importedUs: clock.nowUs(),
      modifiedUs: Math.round(before.mtimeMs * 1_000), rows: main.reduce((sum, { stored }) => sum + stored.rows, 0), rejected: main.reduce((sum, { stored }) => sum + stored.rejected, 0),
      originalPath: file.path, copyPath: copyName === null ? null : `${basename(session.evidenceDir)}/${copyName}`,
      optionsJson: JSON.stringify({
        items: Object.fromEntries(done.map((one) => [one.itemId, { ...one.table.settings, timeColumn: one.built.settled.timeColumn, zone: one.options.zone ?? 'UTC' }])),
        ...(opened.skipped.length > 0 ? { skipped: opened.skipped } : {}),
        ...(failed.length > 0 ? { failed: failed.map(({ source, error }) => ({ source, code: error.code })) } : {}),
      }),
    };
    session.execute({ kind: 'evidence.add', payload: { evidence, tables: placed.map(({ stored }) => stored) } });
    placedTargets.length = 0;
    const source = (stored: StoredTable): string => (stored.entry === '' ? label : `${label} › ${stored.entry}`);
    return {
      stored: main.map(({ stored }) => stored), failed,
      tables: main.map(({ stored }) => ({
        tableId: stored.id, name: stored.name, rows: stored.rows, rejected: stored.rejected,
        columns: stored.columns.map(({ name, type }) => ({ name, type })), source: source(stored), sha256: hashed.sha256,
      })),
    };
  } catch (thrown) {
    throwIfCancelled(signal);
    throw importFailure(thrown, label);
  } finally {
    stop.abort();
    for (const target of placedTargets) await rm(target, { force: true }).catch(() => undefined);
    await rm(tempDir, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
  }
};
