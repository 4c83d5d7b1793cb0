import { expect, test } from 'vitest';
import { findItems, splitQuery, type PaletteItem } from '../../../../renderer/commands/palette-items.ts';

const item = (id: string, group: PaletteItem['group'], label: string, more: Partial<PaletteItem> = {}): PaletteItem => ({
  id, group, label, context: '', icon: () => null, keys: null, mono: false, reason: null, run: () => undefined, ...more,
});
const items = [
  item('view.timeline', 'Commands', 'Open timeline'),
  item('time.set', 'Commands', 'Set time range…'),
  item('time.back', 'Commands', 'Time range back', { reason: 'no earlier range' }),
  item('table:1', 'Tables', 'SigninLogs', { context: '5,106 rows' }),
  item('column:1:TimeGenerated', 'Tables', 'TimeGenerated', { context: 'column of SigninLogs' }),
  item('tag:time', 'Marks', 'odd time', { context: 'tag' }),
];
const ids = (text: string, recent: string[] = []): string[] => findItems(items, text, recent).map((i) => i.id);

test('a prefix narrows to one kind', () => {
  expect(splitQuery('#sign')).toEqual({ only: 'Tables', query: 'sign' });
  expect(splitQuery('sign')).toEqual({ only: null, query: 'sign' });
  expect(ids('#')).toEqual(['table:1', 'column:1:TimeGenerated']);
  expect(ids('>time')).toEqual(['view.timeline', 'time.set', 'time.back'].toSorted((a, b) => ids('>time').indexOf(a) - ids('>time').indexOf(b)));
  expect(ids('@time')).toEqual(['tag:time']);
});

test('commands stand before what is in the case', () => {
  const found = ids('time');
  expect(found.slice(0, 3).every((id) => id.startsWith('time.') || id === 'view.timeline')).toBe(true);
  expect(found.slice(3)).toEqual(['column:1:TimeGenerated', 'tag:time']);
});

test('a command that can’t run is listed after those that can', () => {
  expect(ids('range')).toEqual(['time.set', 'time.back']);
  expect(findItems(items, 'back', []).map((i) => i.reason)).toEqual(['no earlier range']);
});

test('without a query the recent ones come first, newest first', () => {
  expect(ids('', ['time.set', 'view.timeline']).slice(0, 2)).toEqual(['time.set', 'view.timeline']);
});

test('being recent helps among equals but not against a better match', () => {
  expect(ids('time range', ['view.timeline'])[0]).toBe('time.set');
});
