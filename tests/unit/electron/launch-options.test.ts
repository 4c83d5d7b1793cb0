import { describe, expect, test } from 'vitest';
import { LaunchError, parseLaunch, type Launch } from '../../../electron/launch-options.ts';

const parse = (argv: string[], more: Partial<Launch> = {}) => parseLaunch({ argv, env: {}, packaged: false, cwd: '/here', ...more });
const nothing = { caseDir: null, demo: false, screenshot: null, theme: null, window: null, userDataDir: null };

test('no option is none, and words of Chromium and the app folder pass by', () => {
  expect(parse([])).toEqual(nothing);
  expect(parse(['--no-sandbox', '--inspect=0', '--remote-debugging-port=0', '/repo', '--lang=cs'])).toEqual(nothing);
});

test('values stand after = or in the next word; paths are made absolute', () => {
  const expected = { ...nothing, caseDir: '/here/a.case', screenshot: '/tmp/b.png', theme: 'light', window: { width: 1280, height: 800 } };
  expect(parse(['--case=a.case', '--screenshot=/tmp/b.png', '--theme=light', '--window=1280x800'])).toEqual(expected);
  expect(parse(['--case', 'a.case', '--screenshot', '/tmp/b.png', '--theme', 'light', '--window', '1280x800'])).toEqual(expected);
});

test('a path may hold spaces, = and line breaks', () => {
  expect(parse(['--case=/x/a = b\nc.case']).caseDir).toBe('/x/a = b\nc.case');
});

describe('in unpackaged runs the environment adds', () => {
  const env = { CASEBENCH_ARGS: '["--demo","--theme=hc"]', CASEBENCH_USER_DATA: '/data' };
  test('arguments and the settings folder', () => {
    expect(parse([], { env })).toEqual({ ...nothing, demo: true, theme: 'hc', userDataDir: '/data' });
    expect(parse(['--user-data-dir=/other'], { env }).userDataDir).toBe('/other');
  });
  test('and in a package it has no say', () => {
    expect(parse([], { env, packaged: true })).toEqual(nothing);
  });
});

test.each([
  [['--case'], '--case needs a value'],
  [['--case='], '--case needs a value'],
  [['--screenshot', '--demo'], '--screenshot needs a value'],
  [['--theme=pink'], 'not dark, light or hc'],
  [['--window=12x8'], 'not WIDTHxHEIGHT'],
  [['--window=1280'], 'not WIDTHxHEIGHT'],
  [['--demo', '--case=a'], 'exclude each other'],
])('%j is refused with a reason', (argv, reason) => {
  expect(() => parse(argv)).toThrow(LaunchError);
  expect(() => parse(argv)).toThrow(reason);
});

test.each(['{', '"--demo"', '[1]'])('CASEBENCH_ARGS %s is refused', (text) => {
  expect(() => parse([], { env: { CASEBENCH_ARGS: text } })).toThrow('JSON array');
});
