import { expect, test } from 'vitest';
import { createRestartPolicy } from '../../../electron/restart-policy.ts';

test('a single crash is restarted at once, with its case, however often it happens over the day', () => {
  const policy = createRestartPolicy();
  for (let hour = 0; hour < 24; hour++) expect(policy.onExit(hour * 3_600_000, 600_000)).toEqual({ kind: 'restart', delayMs: 0, reopenCase: true });
});

test('crashes in a row wait ever longer, then end', () => {
  const policy = createRestartPolicy();
  const decisions = Array.from({ length: 7 }, (_, i) => policy.onExit(i * 5_000, 4_000));
  expect(decisions.map((d) => (d.kind === 'restart' ? d.delayMs : 'give up'))).toEqual([0, 250, 500, 1_000, 2_000, 4_000, 'give up']);
});

test('a case that ends the engine twice while it opens stays closed; a while of work clears it', () => {
  const policy = createRestartPolicy();
  const reopens = [600_000, null, 100, 200, 10_000, 10].map((ranMs, i) => {
    const decision = policy.onExit(i * 61_000, ranMs);
    return decision.kind === 'restart' && decision.reopenCase;
  });
  expect(reopens).toEqual([true, true, false, false, true, true]);
});
