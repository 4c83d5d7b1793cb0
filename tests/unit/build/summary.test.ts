/** Counting stages and the last line that other tools read. */
import { describe, expect, it } from 'vitest';
import { countVitest, stageLine, totals } from '../../../build/lib/summary.mjs';

const file = (status: string, ...tests: [string, string][]) => ({
  name: '/repo/tests/unit/x.test.ts',
  status,
  assertionResults: tests.map(([fullName, result]) => ({ fullName, status: result })),
});
const stage = (name: string, passed: number, failed: number, skipped: number) => ({
  name,
  passed,
  failed,
  skipped,
  ms: 1234,
  output: '',
  skippedNames: [],
});

describe('a vitest report', () => {
  it('is counted test by test', () => {
    const report = { testResults: [file('passed', ['a', 'passed'], ['b', 'skipped'], ['c', 'todo']), file('failed', ['d', 'failed'])] };
    expect(countVitest(report, 1)).toEqual({ passed: 1, failed: 1, skipped: 2 });
  });

  it('counts a file that did not load as a failure', () => {
    expect(countVitest({ testResults: [file('failed')] }, 1)).toMatchObject({ passed: 0, failed: 1 });
    expect(countVitest({ testResults: [file('failed', ['a', 'passed'])] }, 1)).toMatchObject({ passed: 1, failed: 1 });
  });

  it('is not green when the run ended badly or wrote no report', () => {
    expect(countVitest({ testResults: [file('passed', ['a', 'passed'])] }, 1).failed).toBe(1);
    expect(countVitest(null, 0).failed).toBe(1);
    expect(countVitest({ testResults: [] }, 0)).toMatchObject({ passed: 0, failed: 0, skipped: 0 });
  });
});

describe('the summary', () => {
  it('ends with one line of sums', () => {
    const { line, ok } = totals([stage('unit', 300, 0, 4), stage('e2e', 12, 0, 0)]);
    expect(line).toBe('tests: 312 passed, 0 failed, 4 skipped');
    expect(ok).toBe(true);
  });

  it('is bad when anything failed, or nothing ran, or all was skipped', () => {
    expect(totals([stage('unit', 300, 1, 0)]).ok).toBe(false);
    expect(totals([]).ok).toBe(false);
    expect(totals([stage('e2e', 0, 0, 9)]).ok).toBe(false);
  });

  it('says in the table what failed', () => {
    expect(stageLine(stage('unit', 3, 0, 0))).toMatch(/^ {2}unit +ok +3 passed +1\.2 s$/);
    expect(stageLine(stage('unit', 3, 2, 1))).toMatch(/FAIL +3 passed, 2 failed, 1 skipped +1\.2 s$/);
  });
});
