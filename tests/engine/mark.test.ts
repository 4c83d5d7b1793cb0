import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCase, openCase } from '../../main/case/index.ts';
import type { OpenSession } from '../../main/case/index.ts';
import { engineOps, maxMarkedRows } from '../../main/contract/index.ts';
import type { RowSet } from '../../main/contract/index.ts';
import { createMarkHandlers, markedRowIds, marksOfRow, marksOfRows } from '../../main/mark/index.ts';
import { addTable, temporaryFolder, testClock } from './case-fixture.ts';

describe('marks', () => {
  let place: ReturnType<typeof temporaryFolder>;
  let session: OpenSession;
  let viewRows: Float64Array;
  const options = { clock: testClock(), homeDir: '/' };
  let ids = 0;
  const marks = createMarkHandlers({ currentCase: () => session, rowIdsOf: async (_session, _rows, limit) => viewRows.slice(0, limit), newId: () => `id${(ids += 1)}` });
  const rows = (tableId: string, ...rowIds: number[]): RowSet => ({ tableId, rowIds });
  const view = (): RowSet => ({ view: engineOps['table.count'].input.parse({ view: { tableId: 't1' } }).view });
  const none = { starred: false, noted: false, tags: [] };
  const filtered = (filter: Partial<{ starred: boolean; noted: boolean; tags: string[] }>, tableId = 't1'): number[] => Array.from(markedRowIds(session, tableId, { ...none, ...filter }));

  beforeEach(async () => {
    place = temporaryFolder();
    session = await createCase(path.join(place.folder, 'Night.case'), 'Night', options);
    session.execute(addTable(1));
    session.execute(addTable(2));
    viewRows = new Float64Array();
  });
  afterEach(async () => {
    await session.close();
    place.remove();
  });

  it('are set and cleared, and the answer counts the rows that really changed', async () => {
    expect(await marks['mark.star']({ rows: rows('t1', 5, 3, 3, 9), on: true })).toEqual({ rows: 3 });
    expect(await marks['mark.star']({ rows: rows('t1', 3, 4), on: true })).toEqual({ rows: 1 });
    expect(await marks['mark.star']({ rows: rows('t1', 3, 77), on: false })).toEqual({ rows: 1 });
    expect(await marks['mark.tag']({ rows: rows('t1', 5), tag: 'exfil', on: true })).toEqual({ rows: 1 });
    expect(await marks['mark.tag']({ rows: rows('t1', 5), tag: 'exfil', on: true })).toEqual({ rows: 0 });
    expect(marksOfRows(session, 't1', [3, 4, 5, 6])).toEqual([
      { rowId: 4, starred: true, tags: [], notes: 0 },
      { rowId: 5, starred: true, tags: ['exfil'], notes: 0 },
    ]);
  });

  it('of a whole view are one step, up to the limit', async () => {
    viewRows = Float64Array.from({ length: 1_000 }, (_, i) => i * 3);
    expect(await marks['mark.tag']({ rows: view(), tag: 'triage', on: true })).toEqual({ rows: 1_000 });
    expect(session.undo()).toBe('Tag 1,000 rows “triage”');
    expect(filtered({})).toEqual([]);
    viewRows = new Float64Array();
    const { revision } = session.info();
    expect(await marks['mark.tag']({ rows: view(), tag: 'triage', on: true })).toEqual({ rows: 0 });
    viewRows = Float64Array.from({ length: maxMarkedRows + 500 }, (_, i) => i);
    await expect(marks['mark.star']({ rows: view(), on: true })).rejects.toMatchObject({ code: 'limit', message: expect.stringContaining('200,000 rows') });
    expect(session.info().revision).toBe(revision);
  });

  it('filter rows: every kind asked for, any of the tags', async () => {
    await marks['mark.star']({ rows: rows('t1', 1, 2, 3), on: true });
    await marks['mark.tag']({ rows: rows('t1', 2, 4), tag: 'a', on: true });
    await marks['mark.tag']({ rows: rows('t1', 3, 5), tag: 'b', on: true });
    await marks['mark.note']({ tableId: 't1', rowId: 3, text: 'n' });
    await marks['mark.star']({ rows: rows('t2', 2), on: true });
    expect(filtered({ starred: true })).toEqual([1, 2, 3]);
    expect(filtered({ tags: ['a', 'b'] })).toEqual([2, 3, 4, 5]);
    expect(filtered({ starred: true, tags: ['a', 'b'] })).toEqual([2, 3]);
    expect(filtered({ noted: true })).toEqual([3]);
    expect(filtered({ noted: true, tags: ['a'] })).toEqual([]);
    expect(filtered({ tags: ['none'] })).toEqual([]);
    expect(filtered({})).toEqual([1, 2, 3, 4, 5]);
    expect(filtered({ starred: true }, 'nowhere')).toEqual([]);
  });

  it('have tags whose colour is allotted in order and stays', async () => {
    for (const tag of ['one', 'two', 'three']) await marks['mark.tag']({ rows: rows('t1', 1), tag, on: true });
    await marks['mark.tag']({ rows: rows('t1', 1), tag: 'two', on: false });
    expect((await marks['mark.tags']({})).tags).toEqual([
      { name: 'one', color: 1, rows: 1 },
      { name: 'three', color: 3, rows: 1 },
    ]);
    for (let n = 4; n <= 9; n += 1) await marks['mark.tag']({ rows: rows('t2', n), tag: `tag ${n}`, on: true });
    await marks['mark.tag']({ rows: rows('t2', 1), tag: 'two', on: true });
    const { tags } = await marks['mark.tags']({});
    expect(tags.map(({ color }) => color)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 1]);
    expect(tags[1]).toEqual({ name: 'two', color: 2, rows: 1 });
  });

  it('know a tag in any spelling of the same letters', async () => {
    await marks['mark.tag']({ rows: rows('t1', 1), tag: 'Zu\u0308rich', on: true });
    expect(await marks['mark.tag']({ rows: rows('t1', 1), tag: 'Z\u00fcrich', on: false })).toEqual({ rows: 1 });
    expect((await marks['mark.tags']({})).tags).toEqual([]);
  });

  it('hold notes that keep their id, row and first time', async () => {
    const { noteId } = await marks['mark.note']({ tableId: 't1', rowId: 7, text: 'first' });
    const [written] = marksOfRow(session, 't1', 7).notes;
    expect(written).toMatchObject({ id: noteId, text: 'first', editedUs: null });
    await marks['mark.editNote']({ noteId, text: 'second' });
    const [edited] = marksOfRow(session, 't1', 7).notes;
    expect(edited).toMatchObject({ id: noteId, text: 'second', createdUs: written?.createdUs });
    expect(edited?.editedUs).toBeGreaterThan(written?.createdUs ?? 0);
    await marks['mark.removeNote']({ noteId });
    expect(marksOfRow(session, 't1', 7)).toEqual({ starred: false, tags: [], notes: [] });
    session.undo();
    expect(marksOfRow(session, 't1', 7).notes).toEqual([edited]);
    session.undo();
    expect(marksOfRow(session, 't1', 7).notes).toEqual([written]);
    expect(() => marks['mark.editNote']({ noteId: 'nowhere', text: 'x' })).toThrow(expect.objectContaining({ code: 'notFound' }));
    expect(() => marks['mark.note']({ tableId: 't1', rowId: 1_000_000, text: 'x' })).toThrow(expect.objectContaining({ code: 'notFound' }));
  });

  it('are listed newest first, page by page, without those of tables out of sight', async () => {
    await marks['mark.star']({ rows: rows('t1', 10, 11), on: true });
    await marks['mark.tag']({ rows: rows('t2', 3), tag: 'a', on: true });
    await marks['mark.note']({ tableId: 't1', rowId: 5, text: 'n' });
    await marks['mark.tag']({ rows: rows('t1', 11), tag: 'b', on: true });
    const places = async (offset: number, limit: number) => {
      const { rows: listed, total } = await marks['mark.list']({ offset, limit });
      return [listed.map(({ tableId, rowId }) => `${tableId}:${rowId}`), total];
    };
    expect(await places(0, 10)).toEqual([['t1:11', 't1:5', 't2:3', 't1:10'], 4]);
    expect(await places(1, 2)).toEqual([['t1:5', 't2:3'], 4]);
    session.execute({ kind: 'table.hide', payload: { tableId: 't2' } });
    expect(await places(0, 10)).toEqual([['t1:11', 't1:5', 't1:10'], 3]);
    expect((await marks['mark.tags']({})).tags.map(({ name }) => name)).toEqual(['b']);
    session.undo();
    // Taking the newer mark away puts the row back to where its older one stands.
    await marks['mark.tag']({ rows: rows('t1', 11), tag: 'b', on: false });
    expect(await places(0, 10)).toEqual([['t1:5', 't2:3', 't1:10', 't1:11'], 4]);
  });

  it('keep the case board in the order things were put there', async () => {
    const a = await marks['board.add']({ kind: 'value', label: '203.0.113.77', payload: '{"v":1}' });
    const b = await marks['board.add']({ kind: 'note', label: 'beacon', payload: '{}' });
    await marks['board.rename']({ id: a.id, label: 'C2' });
    expect(session.info().board.map(({ id, label }) => [id, label])).toEqual([[a.id, 'C2'], [b.id, 'beacon']]);
    await marks['board.remove']({ id: a.id });
    expect(session.info().board.map(({ id }) => id)).toEqual([b.id]);
    session.undo();
    expect(session.info().board.map(({ label }) => label)).toEqual(['C2', 'beacon']);
    expect(() => marks['board.remove']({ id: 'nowhere' })).toThrow(expect.objectContaining({ code: 'notFound' }));
  });

  it('can’t be set on tables out of sight, nor in a case open for reading only', async () => {
    session.execute({ kind: 'table.hide', payload: { tableId: 't1' } });
    await expect(marks['mark.star']({ rows: rows('t1', 1), on: true })).rejects.toMatchObject({ code: 'notFound' });
    const { folder } = session;
    await session.close();
    session = await openCase(folder, { ...options, readOnly: true });
    await expect(marks['mark.star']({ rows: rows('t2', 1), on: true })).rejects.toMatchObject({ code: 'case.readOnly' });
    expect((await marks['mark.list']({ offset: 0, limit: 5 })).total).toBe(0);
  });
});
