/** Command lines of npm start and npm test: what is understood, what is refused before anything starts. */
import { describe, expect, it } from 'vitest';
import { parseStart, parseTest } from '../../../build/lib/options.mjs';
import { SetupError } from '../../../build/lib/say.mjs';

const here = (path: string): string => `/typed/in/${path}`;
const start = (...argv: string[]) => parseStart(argv, here);
const test = (...argv: string[]) => parseTest(argv, ['types', 'unit', 'contract']);

function refusal(attempt: () => unknown): SetupError {
  try {
    attempt();
  } catch (error) {
    if (error instanceof SetupError) return error;
    throw error;
  }
  throw new Error('It was not refused.');
}

describe('npm start', () => {
  it('asks nothing of the app by default', () => {
    expect(start()).toEqual({ help: false, dev: false, retryElectron: false, noSandbox: false, appArgs: [] });
  });

  it('passes the app one word per option, with paths as the person meant them', () => {
    expect(start('--case', 'a.case', '--screenshot=shot.png', '--theme', 'hc', '--window', '1600x1000').appArgs).toEqual([
      '--case=/typed/in/a.case',
      '--screenshot=/typed/in/shot.png',
      '--theme=hc',
      '--window=1600x1000',
    ]);
  });

  it('makes the settings folder absolute too', () => {
    expect(start('--user-data-dir', 'me').appArgs).toEqual(['--user-data-dir=/typed/in/me']);
  });

  it('takes a bare folder as the case', () => {
    expect(start('a.case').appArgs).toEqual(['--case=/typed/in/a.case']);
  });

  it('keeps its own switches from the app', () => {
    const options = start('--demo', '--dev', '--retry-electron', '--no-sandbox');
    expect(options).toEqual({ help: false, dev: true, retryElectron: true, noSandbox: true, appArgs: ['--demo'] });
  });

  it.each([
    [['--bogus'], '--bogus'],
    [['--case'], '--case'],
    [['--theme', 'pink'], 'pink'],
    [['--window', '1600'], '1600'],
    [['--window', '1x1'], '1x1'],
    [['--case', 'a', '--demo'], '--demo'],
    [['--case', 'a', 'b'], 'twice'],
    [['a', 'b'], 'not 2'],
    [['--dev', '--screenshot', 'x.png'], '--dev'],
  ])('refuses %j with exit code 2', (argv, mention) => {
    const error = refusal(() => start(...argv));
    expect(error.exitCode).toBe(2);
    expect(error.message).toContain(mention);
    expect(error.message).toContain('Nothing was started.');
  });
});

describe('npm test', () => {
  it('takes stages from lists and repeats, and filters from the rest', () => {
    const options = test('--only', 'unit,contract', '--only=types', 'tests/unit/build');
    expect(options.only).toEqual(['unit', 'contract', 'types']);
    expect(options.filters).toEqual(['tests/unit/build']);
  });

  it('names the stages when one is unknown', () => {
    const error = refusal(() => test('--only', 'unti'));
    expect(error.exitCode).toBe(2);
    expect(error.message).toContain('unti');
    expect(error.message).toContain('types, unit, contract');
  });
});
