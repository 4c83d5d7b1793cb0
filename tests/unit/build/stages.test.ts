/** Which stages of npm test run for which wish. */
import { describe, expect, it } from 'vitest';
import { chooseStages, stages } from '../../../build/lib/stages.mjs';

const names = (only: string[], filters: string[] = []) => chooseStages(stages, { only, filters }).map((stage) => stage.name);

describe('stages', () => {
  it('all run, checks first and the app last', () => {
    expect(names([])).toEqual([
      'types',
      'lint',
      'layers',
      'length',
      'build',
      'unit',
      'engine',
      'contract',
      'fuzz',
      'security',
      'e2e',
    ]);
  });

  it('run in their own order when some are asked for', () => {
    expect(names(['contract', 'types'])).toEqual(['types', 'contract']);
  });

  it('are limited to tests a path can match', () => {
    expect(names([], ['tests/unit/build'])).toEqual(['unit']);
    expect(names([], ['tests/engine/kill.test.ts', 'tests/e2e/'])).toEqual(['engine', 'e2e']);
    expect(names([], ['timeline'])).toEqual(['unit', 'engine', 'contract', 'fuzz', 'security', 'e2e']);
  });

  it('need the app only where a window is driven', () => {
    expect(stages.filter((stage) => stage.needsApp).map((stage) => stage.name)).toEqual(['security', 'e2e']);
  });
});
