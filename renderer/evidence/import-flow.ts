/**
 * The import preview's state: which files, what was found in them, what the analyst settled, and the start of the job. Answers that come
 * after a newer question are dropped. Nothing is imported before `startImport`.
 */
import { create } from 'zustand';
import { CasebenchError, toAppError, type AppError, type FileHandle, type ImportOptions, type ImportResult, type PreviewFile, type PreviewItem } from '../../main/contract/index.ts';
import { plural } from '../../main/shared/format.ts';
import { engine, shell } from '../engine/bridge.ts';
import { createCase, undo } from '../shell/case-actions.ts';
import { caseNameFor, type NewCase } from '../shell/case-name-form.tsx';
import { openView } from '../shell/view-registry.ts';
import { currentTable, useCase } from '../state/case-store.ts';
import { busyUntil } from '../state/idle.ts';
import { useSettings } from '../state/settings-store.ts';
import { notify, notifyError } from '../state/toasts.ts';
import { useDock } from '../shell/dock-store.ts';

export type ItemOptions = Readonly<Record<string, ImportOptions>>;
export type ImportFile = {
  file: FileHandle;
  preview: PreviewFile | null;
  /** The inspection itself failed. */
  error: AppError | null;
  loading: boolean;
  /** What the analyst changed, by itemId; the rest is as sniffed. */
  changed: ItemOptions;
  /** Items left out, by itemId. */
  left: ReadonlySet<string>;
};

type ImportState = {
  open: boolean;
  files: ImportFile[];
  active: { handle: string; itemId: string } | null;
  copyOriginals: boolean;
  remember: boolean;
  newCase: NewCase;
  problem: string | null;
};

const closed: ImportState = { open: false, files: [], active: null, copyOriginals: false, remember: false, newCase: { name: '', parent: null }, problem: null };
export const useImport = create<ImportState>(() => closed);

const change = (handle: string, patch: Partial<ImportFile>): void =>
  useImport.setState((s) => ({ files: s.files.map((f) => (f.file.handle === handle ? { ...f, ...patch } : f)) }));

/** Number of the newest question per file. */
const asked = new Map<string, number>();

const inspect = async (handle: string): Promise<void> => {
  const file = useImport.getState().files.find((f) => f.file.handle === handle);
  if (file === undefined) return;
  const mine = (asked.get(handle) ?? 0) + 1;
  asked.set(handle, mine);
  change(handle, { loading: true });
  try {
    const preview = await busyUntil(engine.call('evidence.inspect', { handle, options: { ...file.changed } }));
    if (asked.get(handle) !== mine) return;
    change(handle, { preview, loading: false, error: preview.error });
    useImport.setState((s) => (s.active?.handle === handle && !preview.items.some((i) => i.itemId === s.active?.itemId) ? { active: { handle, itemId: preview.items[0]?.itemId ?? '' } } : s));
  } catch (thrown) {
    if (asked.get(handle) === mine) change(handle, { loading: false, error: toAppError(thrown) });
  }
};

/** Two at a time: a drop of hundreds of files must not keep the first from being seen. */
const inspectAll = async (handles: string[]): Promise<void> => {
  const waiting = [...handles];
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await inspect(next);
  };
  await Promise.all([worker(), worker()]);
};

/** Opens the preview, or adds to the one that is open. */
export const openImport = (handles: readonly FileHandle[]): void => {
  if (handles.length === 0) return;
  if (useCase.getState().info?.readOnly === true) {
    notifyError(new CasebenchError('case.readOnly', 'The case is open read-only, so nothing can be imported. Close it where it is in use, then open it again.'));
    return;
  }
  const before = useImport.getState();
  const added = handles.filter((h) => !before.files.some((f) => f.file.handle === h.handle)).map((file): ImportFile => ({ file, preview: null, error: null, loading: true, changed: {}, left: new Set() }));
  useImport.setState(
    before.open
      ? { files: [...before.files, ...added] }
      : {
          ...closed,
          open: true,
          files: added,
          active: added[0] === undefined ? null : { handle: added[0].file.handle, itemId: '' },
          copyOriginals: useSettings.getState().settings.copyOriginals,
          newCase: { name: caseNameFor(handles[0]?.name), parent: null },
        },
  );
  void inspectAll(added.map((f) => f.file.handle));
};

export const chooseEvidence = async (): Promise<void> => {
  try {
    openImport((await shell('shell.pickEvidence', {})).files);
  } catch (thrown) {
    notifyError(thrown);
  }
};

export const closeImport = (): void => useImport.setState(closed);

/** Settles options of one item; those set to undefined fall back to what is sniffed. */
export const changeOptions = (handle: string, itemId: string, patch: ImportOptions): void => {
  const file = useImport.getState().files.find((f) => f.file.handle === handle);
  if (file === undefined) return;
  change(handle, { changed: { ...file.changed, [itemId]: mergeOptions(file.changed[itemId], patch) } });
  void inspect(handle);
};

/** Absent fields stay; a field set to undefined goes back to sniffing; types are settled column by column. */
export const mergeOptions = (before: ImportOptions | undefined, patch: ImportOptions): ImportOptions => {
  const next: Record<string, unknown> = { ...before, ...patch, ...(patch.types === undefined ? {} : { types: { ...before?.types, ...patch.types } }) };
  for (const [name, value] of Object.entries(next)) if (value === undefined) delete next[name];
  return next as ImportOptions;
};

export const leaveOut = (handle: string, itemId: string, out: boolean): void => {
  const file = useImport.getState().files.find((f) => f.file.handle === handle);
  if (file === undefined) return;
  const left = new Set(file.left);
  if (out) left.add(itemId);
  else left.delete(itemId);
  change(handle, { left });
};

export const removeFile = (handle: string): void =>
  useImport.setState((s) => {
    const files = s.files.filter((f) => f.file.handle !== handle);
    if (files.length === 0) return closed;
    return { files, active: s.active?.handle === handle ? { handle: files[0]?.file.handle ?? '', itemId: files[0]?.preview?.items[0]?.itemId ?? '' } : s.active };
  });

/** Items that will become tables. */
export const includedItems = (file: ImportFile): PreviewItem[] =>
  file.error !== null ? [] : (file.preview?.items ?? []).filter((i) => i.error === null && !file.left.has(i.itemId));

export type Totals = { files: number; tables: number; rows: number; exact: boolean; loading: boolean };
export const totalsOf = (files: readonly ImportFile[]): Totals => {
  const taken = files.map((f) => ({ f, items: includedItems(f) })).filter(({ f, items }) => items.length > 0 || f.loading);
  const items = taken.flatMap((t) => t.items);
  return {
    files: taken.length,
    tables: items.length,
    rows: items.reduce((sum, i) => sum + i.totalRows, 0),
    exact: items.every((i) => i.totalExact),
    loading: files.some((f) => f.loading),
  };
};

/** An estimate to three digits: more would be made up. */
export const roundedRows = (rows: number): number => {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, rows))) - 2);
  return Math.round(rows / step) * step;
};

/** What the job is asked: changed options and left-out items only. */
export const jobFiles = (files: readonly ImportFile[]): { handle: string; items: Record<string, ImportOptions | null> }[] =>
  files
    .filter((f) => includedItems(f).length > 0)
    .map((f) => {
      const broken = (f.preview?.items ?? []).filter((i) => i.error !== null).map((i) => i.itemId);
      return {
        handle: f.file.handle,
        items: { ...f.changed, ...Object.fromEntries([...f.left, ...broken].map((itemId) => [itemId, null])) },
      };
    });

const importedText = (result: ImportResult): string => {
  const rows = result.tables.reduce((sum, t) => sum + t.rows, 0);
  const rejected = result.tables.reduce((sum, t) => sum + t.rejected, 0);
  return `Imported ${plural(result.tables.length, 'table')}, ${plural(rows, 'row')}${rejected > 0 ? `. ${plural(rejected, 'row')} can’t be read and ${rejected === 1 ? 'is' : 'are'} kept in Rejected rows` : ''}.`;
};

/** The first table in a grid, its timeline below, the inspector at the right where there was nothing. */
const showFirst = (result: ImportResult): void => {
  const first = result.tables[0];
  const table = first === undefined ? null : currentTable(first.tableId);
  if (table === null) return;
  const fresh = useDock.getState().panels === 0;
  openView('grid', { tableId: table.id });
  if (table.timeColumn !== null && fresh) openView('timeline', { tableId: table.id });
  if (fresh) openView('inspector');
  openView('grid', { tableId: table.id });
};

const finished = (result: ImportResult): void => {
  if (result.tables.length > 0) notify(importedText(result), { label: 'Undo', run: () => void undo() });
  for (const { source, error } of result.failed) notifyError(new CasebenchError(error.code, `${source}: ${error.message}`, error.detail === undefined ? {} : { detail: error.detail }));
};

/** The case may have to be told of the new tables first: its event and the job's end come one after the other. */
const tablesKnown = async (result: ImportResult): Promise<void> => {
  const first = result.tables[0];
  if (first === undefined || currentTable(first.tableId) !== null) return;
  await new Promise<void>((resolve) => {
    const end = useCase.subscribe(() => {
      if (currentTable(first.tableId) === null) return;
      end();
      resolve();
    });
    setTimeout(resolve, 2_000);
  });
};

const dockReady = async (): Promise<void> => {
  for (let i = 0; i < 100 && useDock.getState().api === null; i++) await new Promise((resolve) => setTimeout(resolve, 20));
};

export const startImport = async (): Promise<void> => {
  const { files, copyOriginals, remember, newCase } = useImport.getState();
  const asked = jobFiles(files);
  if (asked.length === 0) return;
  try {
    if (useCase.getState().info == null) await createCase(newCase.name, newCase.parent?.handle ?? null);
    const job = await engine.start('evidence.import', { files: asked, copyOriginals, remember });
    closeImport();
    const result = await job.finished;
    await tablesKnown(result);
    await dockReady();
    showFirst(result);
    finished(result);
  } catch (thrown) {
    if (useImport.getState().open) useImport.setState({ problem: toAppError(thrown).message });
    else notifyError(thrown);
  }
};
