/**
 * Test projects. One per kind of test, so that `npm test` can run and count them as stages.
 * Owns: which files belong to which project, their environment and parallelism.
 * Must not: hold test logic or defaults that tests depend on silently.
 * Long fuzz runs are asked for through CASEBENCH_FUZZ_RUNS, never through timeouts here.
 */
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

/** Tests that drive whole processes get a second try on shared CI machines; on a developer's machine a flake shows at once. */
const retry = process.env['CI'] === undefined ? 0 : 1;

const tests = (folder: string): string[] => [`tests/${folder}/**/*.test.{ts,tsx}`];

export default defineConfig({
  test: {
    reporters: ['default'],
    restoreMocks: true,
    unstubEnvs: true,
    unstubGlobals: true,
    projects: [
      {
        test: {
          name: 'unit',
          include: tests('unit'),
          exclude: tests('unit/renderer'),
          environment: 'node',
        },
      },
      {
        plugins: [react()],
        test: { name: 'unit-renderer', include: tests('unit/renderer'), environment: 'happy-dom' },
      },
      {
        test: {
          name: 'engine',
          retry,
          include: tests('engine'),
          environment: 'node',
          pool: 'forks',
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      { test: { name: 'contract', include: tests('contract'), environment: 'node', testTimeout: 60_000 } },
      { test: { name: 'fuzz', include: tests('fuzz'), environment: 'node', pool: 'forks', testTimeout: 300_000 } },
      {
        test: {
          name: 'security',
          retry,
          include: tests('security'),
          environment: 'node',
          pool: 'forks',
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'e2e',
          retry,
          include: tests('e2e'),
          environment: 'node',
          pool: 'forks',
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
