import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StoredTable } from '../../../main/case/index.ts';
import { timelineOps } from '../../../main/contract/index.ts';
import { createTimelineHandlers, timelineBuckets } from '../../../main/timeline/index.ts';
import { addRows, openTestCase, type TestCase } from '../table/table-fixture.ts';

const minute = 60_000_000;
const start = Date.UTC(2026, 2, 11, 22, 0) * 1_000;
let opened: TestCase;
let events: StoredTable;
let alerts: StoredTable;
let untimed: StoredTable;

beforeAll(async () => {
  opened = await openTestCase();
  events = await addRows(opened.session, {
    timeColumn: 'Time',
    columns: [{ name: 'Time', type: 'datetime' }, { name: 'EventID', type: 'int' }, { name: 'Account', type: 'string' }],
    rows: [
      [start, 4688, 'a'], [start + 30_000_000, 4688, 'b'], [start + minute, 4624, 'a'], [start + 5 * minute, 4688, 'a'], [start + 5 * minute + 1, 4625, null],
      [null, 4688, 'a'], ['-62135596800000000', 4688, 'a'], ['253402300799000000', 1, 'z'], [start + 9 * minute, 4624, 'a'],
    ],
  });
  alerts = await addRows(opened.session, {
    timeColumn: 'At',
    columns: [{ name: 'At', type: 'datetime' }, { name: 'Severity', type: 'string' }],
    rows: [[start + 2 * minute, 'High'], [start + 20 * minute, 'Low']],
  });
  untimed = await addRows(opened.session, { columns: [{ name: 'x', type: 'string' }], rows: [['1'], ['2']] });
});
afterAll(() => opened.close());

type Input = Parameters<(typeof timelineOps)['timeline.buckets']['input']['parse']>[0];
const ask = async (input: Input) => timelineOps['timeline.buckets'].output.parse(await timelineBuckets(opened.session, timelineOps['timeline.buckets'].input.parse(input)));
const lane = (answer: Awaited<ReturnType<typeof ask>>, at: number) => ({ key: answer.lanes[at]?.key, total: answer.lanes[at]?.total, counts: Array.from(answer.lanes[at]?.counts ?? []) });

describe('timeline buckets', () => {
  it('cover the data in round widths aligned in UTC, and say what has no time', async () => {
    const answer = await ask({ sources: [{ view: { tableId: events.id }, groupBy: null }], maxBins: 10 });
    expect(answer).toMatchObject({ fromUs: start, toUs: start + 10 * minute, bucketUs: minute, bins: 10, total: 6, noTime: 3, hidden: { lanes: 0, events: 0 }, events: null });
    expect(lane(answer, 0)).toEqual({ key: null, total: 6, counts: [2, 1, 0, 0, 0, 2, 0, 0, 0, 1] });
  });
  it('have one lane per group, biggest first or by name', async () => {
    const byCount = await ask({ sources: [{ view: { tableId: events.id }, groupBy: 'EventID' }], maxBins: 10 });
    expect(byCount.lanes.map((l) => [l.key, l.total])).toEqual([[4688, 3], [4624, 2], [4625, 1]]);
    expect(lane(byCount, 0).counts).toEqual([2, 0, 0, 0, 0, 1, 0, 0, 0, 0]);
    const byName = await ask({ sources: [{ view: { tableId: events.id }, groupBy: 'EventID' }], maxBins: 10, order: 'name' });
    expect(byName.lanes.map((l) => l.key)).toEqual([4624, 4625, 4688]);
    const withNull = await ask({ sources: [{ view: { tableId: events.id }, groupBy: 'Account' }], maxBins: 10, order: 'name' });
    expect(withNull.lanes.map((l) => [l.key, l.total])).toEqual([['a', 4], ['b', 1], [null, 1]]);
  });
  it('count the groups that are not drawn', async () => {
    const answer = await ask({ sources: [{ view: { tableId: events.id }, groupBy: 'EventID' }], maxBins: 10, maxLanes: 1 });
    expect(answer.lanes.map((l) => l.key)).toEqual([4688]);
    expect(answer).toMatchObject({ hidden: { lanes: 2, events: 3 }, total: 6 });
  });
  it('put several tables on one axis', async () => {
    const answer = await ask({
      sources: [{ view: { tableId: events.id }, groupBy: 'EventID' }, { view: { tableId: alerts.id }, groupBy: 'Severity' }, { view: { tableId: untimed.id }, groupBy: null }],
      maxBins: 21, maxLanes: 4, order: 'count',
    });
    expect(answer).toMatchObject({ fromUs: start, toUs: start + 21 * minute, bins: 21, total: 8, noTime: 5, hidden: { lanes: 1, events: 1 } });
    expect(answer.lanes.map((l) => [l.source, l.key])).toEqual([[0, 4688], [0, 4624], [0, 4625], [1, 'High']]);
  });
  it('follow the filters but not the brush', async () => {
    const view = { tableId: events.id, filters: [{ op: 'eq', column: 'EventID', value: 4688 } as const], timeRange: { fromUs: start, toUs: start + 1 } };
    expect(await ask({ sources: [{ view, groupBy: null }], maxBins: 10 })).toMatchObject({ total: 3, noTime: 2 });
  });
  it('widen a given range to whole buckets, so that edge bars are true', async () => {
    const answer = await ask({ sources: [{ view: { tableId: events.id } }], range: { fromUs: start + 10, toUs: start + 5 * minute + 10 }, maxBins: 6 });
    expect(answer).toMatchObject({ fromUs: start, toUs: start + 6 * minute, total: 5 });
    expect(lane(answer, 0).counts).toEqual([2, 1, 0, 0, 0, 2]);
  });
  it('answer within the contract for the widest range there is', async () => {
    const answer = await ask({ sources: [{ view: { tableId: events.id }, groupBy: 'EventID' }], range: { fromUs: -9_007_199_254_740_991, toUs: 9_007_199_254_740_991 }, maxBins: 100 });
    expect(answer).toMatchObject({ bins: 1, total: 6 });
  });
  it('send single events when they fit, in time order, with hover columns', async () => {
    const answer = await ask({
      sources: [{ view: { tableId: events.id }, groupBy: 'EventID' }, { view: { tableId: alerts.id }, groupBy: null }],
      maxBins: 100, maxEvents: 8, hover: ['Account', 'Severity'],
    });
    expect(Array.from(answer.events?.us ?? []).map((u) => (u - start) / minute)).toEqual([0, 0.5, 1, 2, 5, 5 + 1 / minute, 9, 20]);
    expect(Array.from(answer.events?.rowIds ?? [])).toEqual([0, 1, 2, 0, 3, 4, 8, 1]);
    expect(Array.from(answer.events?.lane ?? []).map((l) => answer.lanes[l]?.key)).toEqual([4688, 4688, 4624, null, 4688, 4625, 4624, null]);
    expect(answer.events?.hover.map((columns) => columns.map((c) => [c.name, c.kind === 'text' ? c.values : []]))).toEqual([
      [['Account', ['a', 'b', 'a', 'a', null, 'a']]], [['Severity', ['High', 'Low']]],
    ]);
  });
  it('send no events when they do not fit', async () => {
    expect((await ask({ sources: [{ view: { tableId: events.id } }], maxBins: 10, maxEvents: 5 })).events).toBeNull();
  });
  it('are empty when nothing has a time', async () => {
    expect(await ask({ sources: [{ view: { tableId: untimed.id } }], maxBins: 10 })).toMatchObject({ bins: 0, lanes: [], total: 0, noTime: 2 });
    const none = { tableId: events.id, search: 'no such text' };
    expect(await ask({ sources: [{ view: none }], maxBins: 10 })).toMatchObject({ bins: 0, total: 0, noTime: 0 });
  });
  it('refuse a time column that holds no times', async () => {
    await expect(ask({ sources: [{ view: { tableId: events.id, timeColumn: 'EventID' } }], maxBins: 10 })).rejects.toMatchObject({ code: 'filter.invalid' });
  });
});

describe('timeline extent', () => {
  it('spans the tables', () => {
    const handlers = createTimelineHandlers({ currentCase: () => opened.session });
    expect(handlers['timeline.extent']({ tableIds: [events.id, alerts.id, untimed.id] })).toEqual({ fromUs: start, toUs: start + 20 * minute });
    expect(handlers['timeline.extent']({ tableIds: [untimed.id] })).toEqual({ fromUs: null, toUs: null });
  });
});
