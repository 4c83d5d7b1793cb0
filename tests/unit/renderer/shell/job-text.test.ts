import { expect, test } from 'vitest';
import type { JobInfo } from '../../../../main/contract/index.ts';
import { endText, progressText, secondsLeft, shareOf } from '../../../../renderer/shell/job-text.ts';

const job = (more: Partial<JobInfo>): JobInfo => ({ jobId: 'j', op: 'evidence.import', label: 'Importing', state: 'running', startedUs: 0, endedUs: null, done: 0, total: null, unit: 'rows', rate: null, stage: '', error: null, result: null, ...more });

test('rate and time left when both are known, else the amount', () => {
  expect(progressText(job({ done: 1_000_000, total: 27_600_000, rate: 1_900_000 }))).toBe('1.9 M rows/s, 14 s left');
  expect(progressText(job({ done: 17_200, total: 61_030 }))).toBe('17,200 of 61,030 rows');
  expect(progressText(job({}))).toBe('starting');
  expect(progressText(job({ stage: 'reading' }))).toBe('reading');
});

test('shares stay within the bar', () => {
  expect(shareOf(job({ done: 5, total: 4 }))).toBe(1);
  expect(shareOf(job({ done: 5 }))).toBeNull();
  expect(secondsLeft(job({ done: 5, total: 4, rate: 1 }))).toBe(0);
});

test('the end says what is left', () => {
  expect(endText(job({ state: 'done', endedUs: 4_000_000 }))).toBe('done in 4 s');
  expect(endText(job({ state: 'cancelled' }))).toBe('cancelled, nothing was kept');
  expect(endText(job({ state: 'failed', error: { code: 'disk.full', message: 'The disk is full.', retryable: true } }))).toBe('The disk is full.');
});
