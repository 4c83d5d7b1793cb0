import { beforeEach, expect, test, vi, type MockInstance } from 'vitest';
import type { FileHandle, PreviewFile, PreviewItem } from '../../../../main/contract/index.ts';
import { engine } from '../../../../renderer/engine/bridge.ts';
import { changeOptions, closeImport, includedItems, jobFiles, leaveOut, mergeOptions, openImport, removeFile, roundedRows, totalsOf, useImport } from '../../../../renderer/evidence/import-flow.ts';

const item = (itemId: string, more: Partial<PreviewItem> = {}): PreviewItem => ({
  itemId, label: itemId, sizeBytes: 10, format: 'csv', confidence: 1, recognisedAs: null, matchedColumns: 0, options: {}, rememberedUs: null, columns: [], timeColumn: null, timeExample: null,
  rows: 0, parsed: [], written: [], totalRows: 100, totalExact: true, rejected: 0, rejects: [], warnings: [], error: null, ...more,
});
const file = (handle: string): FileHandle => ({ handle, name: `${handle}.csv`, sizeBytes: 10, kind: 'file' });
const preview = (handle: string, items: PreviewItem[]): PreviewFile => ({ handle, name: `${handle}.csv`, sizeBytes: 10, items, error: null });
const settled = async (): Promise<void> => {
  await vi.waitFor(() => expect(useImport.getState().files.every((f) => !f.loading)).toBe(true));
};

let inspect: MockInstance;
let answers: Record<string, PreviewItem[]> = {};
beforeEach(() => {
  closeImport();
  inspect = vi.spyOn(engine, 'call');
  answers = {};
  inspect.mockImplementation((async (_op: string, input: { handle: string }) => preview(input.handle, answers[input.handle] ?? [item('')])) as never);
});

test('an absent field stays, undefined goes back to sniffing, types add up', () => {
  expect(mergeOptions({ format: 'csv', types: { a: 'int' } }, { delimiter: ';' })).toEqual({ format: 'csv', types: { a: 'int' }, delimiter: ';' });
  expect(mergeOptions({ format: 'csv' }, { format: undefined })).toEqual({});
  expect(mergeOptions({ types: { a: 'int' } }, { types: { b: 'string' } })).toEqual({ types: { a: 'int', b: 'string' } });
  expect(mergeOptions(undefined, { timeColumn: null })).toEqual({ timeColumn: null });
});

test('opening inspects every file once and shows the first', async () => {
  openImport([file('a'), file('b')]);
  expect(useImport.getState()).toMatchObject({ open: true, active: { handle: 'a' }, newCase: { name: 'a' } });
  await settled();
  expect(inspect).toHaveBeenCalledTimes(2);
  expect(useImport.getState().files.map((f) => f.preview?.items.length)).toEqual([1, 1]);
});

test('files dropped while the preview is open are added, the same one not twice', async () => {
  openImport([file('a')]);
  openImport([file('a'), file('b')]);
  await settled();
  expect(useImport.getState().files.map((f) => f.file.handle)).toEqual(['a', 'b']);
});

test('a changed setting asks again with that file’s changes only', async () => {
  openImport([file('a'), file('b')]);
  await settled();
  changeOptions('a', '', { delimiter: ';' });
  changeOptions('a', '', { types: { x: 'string' } });
  await settled();
  expect(inspect).toHaveBeenLastCalledWith('evidence.inspect', { handle: 'a', options: { '': { delimiter: ';', types: { x: 'string' } } } });
  expect(useImport.getState().files[1]?.changed).toEqual({});
});

test('an answer to an older question is dropped', async () => {
  openImport([file('a')]);
  await settled();
  const waiting: ((rows: number) => void)[] = [];
  inspect.mockImplementation((() => new Promise((resolve) => waiting.push((rows) => resolve(preview('a', [item('', { totalRows: rows })]))))) as never);
  changeOptions('a', '', { delimiter: ';' });
  changeOptions('a', '', { delimiter: '|' });
  waiting[1]?.(2);
  await settled();
  waiting[0]?.(1);
  await new Promise((resolve) => setTimeout(resolve, 0));
  expect(useImport.getState().files[0]?.preview?.items[0]?.totalRows).toBe(2);
});

test('a file that can’t be inspected keeps its reason and is not imported; the others are', async () => {
  inspect.mockImplementation((async (_op: string, input: { handle: string }) => {
    if (input.handle === 'a') throw new Error('no such thing');
    return preview('b', [item('')]);
  }) as never);
  openImport([file('a'), file('b')]);
  await settled();
  const { files } = useImport.getState();
  expect(files[0]?.error?.code).toBe('internal');
  expect(totalsOf(files)).toEqual({ files: 1, tables: 1, rows: 100, exact: true, loading: false });
  expect(jobFiles(files)).toEqual([{ handle: 'b', items: {} }]);
});

test('entries left out or broken are named as such, and the totals follow', async () => {
  answers = { a: [item('one.csv'), item('two.csv', { totalExact: false }), item('bad.bin', { error: { code: 'import.unsupported', message: 'no', retryable: false } })] };
  openImport([file('a')]);
  await settled();
  changeOptions('a', 'two.csv', { zone: 'Asia/Tokyo' });
  leaveOut('a', 'one.csv', true);
  await settled();
  const [only] = useImport.getState().files;
  expect(only === undefined ? [] : includedItems(only).map((i) => i.itemId)).toEqual(['two.csv']);
  expect(totalsOf(useImport.getState().files)).toMatchObject({ tables: 1, rows: 100, exact: false });
  expect(jobFiles(useImport.getState().files)).toEqual([{ handle: 'a', items: { 'one.csv': null, 'two.csv': { zone: 'Asia/Tokyo' }, 'bad.bin': null } }]);
  leaveOut('a', 'two.csv', true);
  expect(jobFiles(useImport.getState().files)).toEqual([]);
});

test('leaving the last file out closes the preview', async () => {
  openImport([file('a'), file('b')]);
  await settled();
  removeFile('a');
  expect(useImport.getState().active?.handle).toBe('b');
  removeFile('b');
  expect(useImport.getState().open).toBe(false);
});

test('an estimate is not given to the row', () => {
  expect([roundedRows(0), roundedRows(7), roundedRows(842), roundedRows(66_118), roundedRows(1_784_999)]).toEqual([0, 7, 842, 66_100, 1_780_000]);
});
