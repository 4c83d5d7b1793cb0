import { expect, test } from 'vitest';
import { tableEntries } from '../../../../renderer/timeline/bucket-table.tsx';
import { barOf } from '../../../../renderer/timeline/lane-chart.ts';
import { laneLabels } from '../../../../renderer/timeline/lane-labels.ts';
import { nearestEvent } from '../../../../renderer/timeline/lane-tooltip.tsx';
import { brushWords } from '../../../../renderer/timeline/timeline-toolbar.tsx';
import { timeTextOf } from '../../../../renderer/state/use-time.ts';
import { defaultGroup } from '../../../../renderer/timeline/timeline-state.ts';
import { bucketAt } from '../../../../renderer/timeline/use-cursor.ts';
import { sizes } from '../../../../renderer/timeline/geometry.ts';
import { answerOf, eventsOf } from './fixture.ts';

const security = { table: { name: 'SecurityEvent' }, groupBy: 'EventID' };

test('an event id brings its name; other values stand for themselves', () => {
  const labels = laneLabels(answerOf([{ key: 4688, counts: [1] }, { key: 9999, counts: [1] }, { key: null, counts: [1] }, { key: '', counts: [1] }]), [security]);
  expect(labels.map((l) => [l.value, l.name])).toEqual([['4688', 'Process created'], ['9999', ''], ['empty', ''], ['""', '']]);
});

test('with several tables a lane says whose it is; ungrouped it is the table', () => {
  const answer = answerOf([{ key: 'a', counts: [1] }, { key: null, counts: [1], source: 1 }]);
  const labels = laneLabels(answer, [{ table: { name: 'Signins' }, groupBy: 'User' }, { table: { name: 'Syslog' }, groupBy: null }]);
  expect(labels.map((l) => [l.value, l.name, l.full])).toEqual([['a', 'Signins', 'Signins · a'], ['Syslog', '', 'Syslog']]);
});

test('long and hostile keys are shortened and made visible; names of the language name no event', () => {
  const [long, hidden, word] = laneLabels(answerOf([{ key: 'x'.repeat(300), counts: [1] }, { key: 'a\u202Eb', counts: [1] }, { key: 'constructor', counts: [1] }]), [security]);
  expect(long?.value.length).toBeLessThanOrEqual(28);
  expect(hidden?.value).toBe('a\\u202Eb');
  expect(word?.name).toBe('');
});

test('the table of the timeline holds every bucket with events, or every event', () => {
  const answer = answerOf([{ key: 'a', counts: [2, 0, 1] }, { key: 'b', counts: [0, 5, 0] }]);
  expect(tableEntries(answer, ['A', 'B'])).toEqual([
    { us: 1_000, lane: 0, label: 'A', count: 2 },
    { us: 1_200, lane: 0, label: 'A', count: 1 },
    { us: 1_100, lane: 1, label: 'B', count: 5 },
  ]);
  const single = { ...answer, events: eventsOf([[1, 1_010, 7], [0, 1_020, 8]]) };
  expect(tableEntries(single, ['A', 'B']).map((e) => [e.us, e.label, e.count])).toEqual([[1_010, 'B', 1], [1_020, 'A', 1]]);
});

test('a moment belongs to its bucket; outside, the nearest one answers', () => {
  const answer = answerOf([{ key: 'a', counts: [1, 1, 1] }]);
  expect(bucketAt(answer, 1_150, 0)).toEqual({ us: 1_100, untilUs: 1_200, lane: 0 });
  expect(bucketAt(answer, 1_200, 0).us).toBe(1_200);
  expect(bucketAt(answer, -5, -3)).toEqual({ us: 1_000, untilUs: 1_100, lane: 0 });
  expect(bucketAt(answer, 9_999, 9)).toEqual({ us: 1_200, untilUs: 1_300, lane: 0 });
});

test('bars grow to their lane’s maximum, stand apart, and one event is still seen', () => {
  const window = { fromUs: 1_000, toUs: 1_300 };
  const answer = answerOf([{ key: 'a', counts: [1_000, 1, 0] }]);
  const [tall, low] = [barOf(0, 1_000, 1_000, answer, window, 300, 0), barOf(1, 1, 1_000, answer, window, 300, 0)];
  expect(tall.width).toBe(99);
  expect(low.height).toBe(2);
  expect(tall.y + tall.height).toBe(low.y + low.height);
  expect(tall.y).toBeGreaterThan(0);
  expect(tall.y + tall.height).toBeLessThan(sizes.lane);
  expect(barOf(0, 1, 1, answer, { fromUs: 1_000, toUs: 1_000_000 }, 300, 2)).toMatchObject({ width: 1 });
});

test('the pointer finds the nearest event of its lane within reach', () => {
  const answer = { ...answerOf([{ key: 'a', counts: [1] }, { key: 'b', counts: [1] }]), events: eventsOf([[0, 1_100, 1], [1, 1_101, 2], [0, 1_105, 3]]) };
  const window = { fromUs: 1_000, toUs: 1_200 };
  expect(nearestEvent(answer, 0, 104, window, 200)).toBe(2);
  expect(nearestEvent(answer, 1, 104, window, 200)).toBe(1);
  expect(nearestEvent(answer, 0, 150, window, 200)).toBe(-1);
});

test('lanes of a new timeline follow the column analysts group by', () => {
  expect(defaultGroup([{ name: 'Computer' }, { name: 'eventid' }])).toBe('eventid');
  expect(defaultGroup([{ name: 'x' }])).toBeNull();
});

test('a brush is stated as finely as it is', () => {
  const at = (iso: string): number => Date.parse(iso) * 1_000;
  const words = (from: string, to: string): string => brushWords({ fromUs: at(from), toUs: at(to) }, timeTextOf('UTC'));
  expect(words('2026-03-11T21:40:00Z', '2026-03-11T23:10:00Z')).toBe('21:40 – 23:10');
  expect(words('2026-03-11T21:40:05Z', '2026-03-11T21:40:55Z')).toBe('21:40:05 – 21:40:55');
  expect(words('2026-03-11T21:40:05.100Z', '2026-03-11T21:40:05.200Z')).toBe('21:40:05.100 – 21:40:05.200');
  expect(words('2026-03-10T21:40:00Z', '2026-03-11T01:00:00Z')).toBe('10 Mar 21:40 – 11 Mar 01:00');
});
