/**
 * The stages of `npm test`, in order: checks first, then the tests from fast to slow.
 * Owns: what each stage runs and needs. Must not: print, or decide which stages run.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildApp, listFiles } from './app-build.mjs';
import { maxLines, tooLong } from './file-length.mjs';
import { modulesFolder, pinnedNode, root } from './paths.mjs';
import { run } from './run.mjs';
import { countVitest } from './summary.mjs';

const stageLimitMs = 12 * 60 * 1000;
const rooms = ['electron', 'main', 'renderer', 'build', 'tests'];
const skipReporter = join(root, 'build', 'lib', 'skip-reporter.mjs');
const defaultFuzzRuns = '20000';

/**
 * @typedef {Omit<import('./summary.mjs').StageResult, 'name' | 'ms'>} Outcome
 * @typedef {{ env: NodeJS.ProcessEnv, filters: string[] }} Context
 * @typedef {object} Stage
 * @property {string} name
 * @property {boolean} isCheck a check counts as one test and is left out when only some tests are asked for
 * @property {boolean} needsApp needs the built app, Electron and a display
 * @property {(context: Context) => Promise<Outcome>} run
 */

/**
 * @param {boolean} ok
 * @param {string} output
 * @returns {Outcome}
 */
function checked(ok, output) {
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0, output, skippedNames: [] };
}

/**
 * A check that is a tool from node_modules: good when it ends with 0.
 * @param {string} name
 * @param {string} script path inside node_modules
 * @param {string[]} args
 * @returns {Stage}
 */
function toolStage(name, script, args) {
  return {
    name,
    isCheck: true,
    needsApp: false,
    async run({ env }) {
      const result = await run(pinnedNode, [join(modulesFolder, script), ...args], {
        cwd: root,
        env: { ...env, NO_COLOR: '1' },
        timeoutMs: stageLimitMs,
      });
      return checked(result.code === 0, result.output);
    },
  };
}

/**
 * What a reporter wrote; null when the run ended before it could.
 * @param {string} file
 */
function readReport(file) {
  if (!existsSync(file)) return null;
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

/**
 * Tests of one or several vitest projects.
 * @param {string} name stage name, and the folder under tests/
 * @param {{ projects?: string[], needsApp?: boolean, env?: NodeJS.ProcessEnv }} options
 * @returns {Stage}
 */
function vitestStage(name, options = {}) {
  return {
    name,
    isCheck: false,
    needsApp: options.needsApp ?? false,
    async run({ env, filters }) {
      const folder = mkdtempSync(join(tmpdir(), 'casebench-tests-'));
      const reportFile = join(folder, 'report.json');
      const skipsFile = join(folder, 'skips.json');
      try {
        const args = [
          join(modulesFolder, 'vitest', 'vitest.mjs'),
          'run',
          ...(options.projects ?? [name]).flatMap((project) => ['--project', project]),
          '--reporter=default',
          '--reporter=json',
          `--reporter=${skipReporter}`,
          `--outputFile.json=${reportFile}`,
          '--passWithNoTests',
          ...filters,
        ];
        const result = await run(pinnedNode, args, {
          cwd: root,
          env: { ...env, ...options.env, CASEBENCH_SKIPS: skipsFile, NODE_ENV: 'test', NO_COLOR: '1' },
          timeoutMs: stageLimitMs,
        });
        const counts = countVitest(readReport(reportFile), result.code);
        const isEmpty = counts.passed + counts.failed + counts.skipped === 0;
        // A stage that lost its tests must not look green; with a filter most stages have none.
        if (isEmpty && filters.length === 0) return checked(false, `There are no tests in tests/${name}.`);
        const stopped = result.timedOut ? `\nStopped after ${stageLimitMs / 60_000} minutes.` : '';
        return { ...counts, skippedNames: readReport(skipsFile) ?? [], output: result.output + stopped };
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  };
}

/** @type {Stage} */
const lengthStage = {
  name: 'length',
  isCheck: true,
  needsApp: false,
  async run() {
    const long = tooLong(root, listFiles(root, rooms));
    const lines = long.map(({ file, lines: count }) => `${file} has ${count} lines; the limit is ${maxLines}.`);
    return checked(long.length === 0, lines.join('\n'));
  },
};

/** @type {Stage} */
const buildStage = {
  name: 'build',
  isCheck: true,
  needsApp: false,
  async run() {
    const build = await buildApp();
    return checked(build.ok, build.output);
  },
};

/** @type {readonly Stage[]} */
export const stages = [
  toolStage('types', 'typescript/bin/tsc', ['-p', '.']),
  toolStage('lint', 'oxlint/bin/oxlint', ['--deny-warnings']),
  toolStage('layers', 'dependency-cruiser/bin/dependency-cruiser.mjs', [
    '--config',
    '.dependency-cruiser.cjs',
    'electron',
    'main',
    'renderer',
    'build',
  ]),
  lengthStage,
  buildStage,
  vitestStage('unit', { projects: ['unit', 'unit-renderer'] }),
  vitestStage('engine'),
  vitestStage('contract'),
  vitestStage('fuzz', { env: { CASEBENCH_FUZZ_RUNS: process.env['CASEBENCH_FUZZ_RUNS'] ?? defaultFuzzRuns } }),
  vitestStage('security', { needsApp: true }),
  vitestStage('e2e', { needsApp: true }),
];

/**
 * Which stages run. With path filters only tests, and of those only the ones a filter can match.
 * @param {readonly Stage[]} all
 * @param {{ only: string[], filters: string[] }} wish
 */
export function chooseStages(all, { only, filters }) {
  return all.filter((stage) => {
    if (only.length > 0) return only.includes(stage.name);
    if (filters.length === 0) return true;
    if (stage.isCheck) return false;
    return filters.some((filter) => {
      const folder = filter.match(/(?:^|\/)tests\/([^/]+)(?:\/|$)/)?.[1];
      return folder === undefined || folder === stage.name;
    });
  });
}
