import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { marked, matchText } from '../../../../renderer/commands/search.ts';

const score = (query: string, label: string, context = ''): number => matchText(query, label, context)?.score ?? -1;

describe('ranking', () => {
  test('a word start beats the middle of a word, the label beats the context', () => {
    expect(score('tim', 'Open timeline')).toBeGreaterThan(score('tim', 'RuntimeBroker'));
    expect(score('tim', 'RuntimeBroker')).toBeGreaterThan(score('tim', 'SysmonEvent', 'column UtcTime'));
    expect(score('tim', 'Time range')).toBeGreaterThan(score('tim', 'Open timeline'));
  });
  test('a capital inside a name starts a word', () => {
    expect(score('time', 'UtcTime')).toBeGreaterThan(score('time', 'Runtime'));
  });
  test('the shorter of two equal matches comes first', () => {
    expect(score('sign', 'SigninLogs')).toBeGreaterThan(score('sign', 'SigninLogs of the second tenant'));
  });
});

describe('matching', () => {
  test('every word must be found, in any order, in label or context', () => {
    expect(matchText('range time', 'Set time range', '')?.label).toEqual([[4, 8], [9, 14]]);
    expect(matchText('utc sysmon', 'SysmonEvent', 'column UtcTime')?.context).toEqual([[7, 10]]);
    expect(matchText('time zebra', 'Set time range', 'all views')).toBeNull();
  });
  test('letters in order match a name, but not when they are spread all over it', () => {
    expect(matchText('sgnlogs', 'SigninLogs', '')).not.toBeNull();
    expect(matchText('abc', 'a quick brown cow', '')).toBeNull();
    expect(matchText('zz', 'Fizz zapper', '')).not.toBeNull();
  });
  test('an empty query matches everything', () => {
    expect(matchText('  ', 'Anything', '')).toMatchObject({ label: [], context: [] });
  });
});

test('marking never changes the text', () => {
  fc.assert(
    fc.property(fc.string(), fc.string({ maxLength: 6 }), (label, query) => {
      const match = matchText(query, label, '');
      if (match !== null) expect(marked(label, match.label).map((p) => p.text).join('')).toBe(label);
    }),
  );
});

test('overlapping hits are marked once', () => {
  expect(marked('timeline', matchText('tim time', 'timeline', '')?.label ?? [])).toEqual([
    { text: 'time', hit: true },
    { text: 'line', hit: false },
  ]);
});
