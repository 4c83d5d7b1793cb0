/**
 * Turns what the stages of `npm test` did into one table and the last line.
 * Owns: counting and wording. Must not: run anything.
 */

/**
 * @typedef {object} StageResult
 * @property {string} name
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {number} ms
 * @property {string} output printed when the stage failed
 * @property {string[]} skippedNames with the reason, where the test gave one
 *
 * @typedef {object} VitestReport the part of vitest's JSON report that is read
 * @property {{ name: string, status: string, message?: string,
 *   assertionResults: { status: string }[] }[]} testResults
 */

/**
 * Counts a vitest report. A file that failed without a failing test in it (it did not load, a hook threw) counts as one
 * failure, and so does a run that ended badly although everything in the report passed.
 * @param {VitestReport | null} report null when vitest wrote none
 * @param {number} exitCode
 */
export function countVitest(report, exitCode) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const file of report?.testResults ?? []) {
    let failedHere = 0;
    for (const test of file.assertionResults) {
      if (test.status === 'passed') counts.passed++;
      else if (test.status === 'failed') failedHere++;
      else counts.skipped++;
    }
    counts.failed += failedHere === 0 && file.status === 'failed' ? 1 : failedHere;
  }
  if (counts.failed === 0 && (exitCode !== 0 || report === null)) counts.failed = 1;
  return counts;
}

/** @param {number} ms */
export function seconds(ms) {
  return `${(ms / 1000).toFixed(1)} s`;
}

/**
 * One line of the table.
 * @param {StageResult} stage
 */
export function stageLine(stage) {
  const verdict = stage.failed > 0 ? 'FAIL' : 'ok';
  const counts = [`${stage.passed} passed`];
  if (stage.failed > 0) counts.push(`${stage.failed} failed`);
  if (stage.skipped > 0) counts.push(`${stage.skipped} skipped`);
  return `  ${stage.name.padEnd(10)} ${verdict.padEnd(5)} ${counts.join(', ').padEnd(36)} ${seconds(stage.ms).padStart(8)}`;
}

/**
 * The last line, and whether the whole run is good: something ran and nothing failed.
 * @param {StageResult[]} stages
 */
export function totals(stages) {
  /** @param {'passed' | 'failed' | 'skipped'} key */
  const sum = (key) => stages.reduce((total, stage) => total + stage[key], 0);
  const [passed, failed, skipped] = [sum('passed'), sum('failed'), sum('skipped')];
  return {
    line: `tests: ${passed} passed, ${failed} failed, ${skipped} skipped`,
    ok: failed === 0 && passed > 0,
  };
}
