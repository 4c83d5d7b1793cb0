/**
 * A vitest reporter that writes down which tests were skipped and why; vitest's JSON report leaves the reason out.
 * Owns: that one file, named by CASEBENCH_SKIPS. Must not: count or print.
 */
import { writeFileSync } from 'node:fs';

export default class SkipReporter {
  /** @param {readonly import('vitest/node').TestModule[]} modules */
  onTestRunEnd(modules) {
    /** @type {string[]} */
    const lines = [];
    for (const module of modules) {
      for (const test of module.children.allTests('skipped')) {
        const result = test.result();
        const note = result.state === 'skipped' ? result.note : undefined;
        lines.push(note ? `${test.fullName}: ${note}` : test.fullName);
      }
    }
    const file = process.env['CASEBENCH_SKIPS'];
    if (file) writeFileSync(file, JSON.stringify(lines));
  }
}
