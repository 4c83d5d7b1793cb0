import { describe, expect, it } from 'vitest';
import { orderByEvidence, orderNote } from '../../../../main/evidence/time/date-order.ts';

const nowUs = Date.UTC(2026, 2, 12) * 1_000;

describe('orderByEvidence', () => {
  it.each([
    [['3/28/2026', '1/2/2026'], 'mdy', 'days'],
    [['28/3/2026', '1/2/2026'], 'dmy', 'days'],
    [['3/11/2026'], 'mdy', 'future'],
    [['11/3/2026'], 'dmy', 'future'],
    [['3/4/2020 1:00 PM'], 'mdy', 'half'],
    [['3/1/2020', '3/2/2020', '3/3/2020'], 'mdy', 'span'],
    [['1/3/2020', '2/3/2020', '3/3/2020'], 'dmy', 'span'],
    [['3/4/2020'], 'mdy', 'assumed'],
  ] as const)('%j → %s by %s', (texts, order, reason) => {
    expect(orderByEvidence(texts, nowUs)).toEqual({ order, reason });
  });

  it('says why', () => {
    expect(orderNote({ order: 'mdy', reason: 'future' })).toBe('month first: day first would be in the future');
    expect(orderNote({ order: 'dmy', reason: 'days' })).toBe('day first: the first number goes above 12');
  });
});
