/**
 * The command lines of `npm start` and `npm test`.
 * Owns: parsing, checking and the help text. Must not: act on anything.
 */
import { parseArgs } from 'node:util';
import { SetupError } from './say.mjs';

export const startHelp = `Usage: npm start -- [options] [case folder]

Installs what is missing, builds what changed, opens Casebench.

  --case DIR           open the case in DIR
  --demo               open the sample case
  --screenshot FILE    open the case (or the demo), wait until its views are idle, save a PNG to FILE, exit
  --theme NAME         dark, light or hc (high contrast)
  --window WxH         size of the window's content in pixels, e.g. 1600x1000
  --user-data-dir DIR  keep settings and the list of recent cases in DIR
  --dev                rebuild and reload on every change of the sources
  --retry-electron     try again to download Electron, although it failed within the last day
  --no-sandbox         run without Chromium's sandbox (root always does)
  --help               print this and exit

Environment:
  CASEBENCH_ELECTRON_DIST  folder with an unpacked Electron to use instead
  ELECTRON_MIRROR          where to download Electron from instead of its releases
`;

export const testHelp = `Usage: npm test -- [options] [path filter…]

Installs what is missing, then checks and tests. With a path filter only matching tests run, and no checks.

  --only A,B           run only these stages
  --list               print the stages and exit
  --retry-electron     try again to download Electron, although it failed within the last day
  --help               print this and exit

Environment:
  CASEBENCH_FUZZ_RUNS  inputs per fuzz test (20000)
`;

/** @type {Record<string, { pattern: RegExp, says: string }>} */
const valueRules = {
  theme: { pattern: /^(dark|light|hc)$/, says: 'dark, light or hc' },
  window: { pattern: /^[1-9]\d{2,3}x[1-9]\d{2,3}$/, says: 'WIDTHxHEIGHT in pixels, 100x100 to 9999x9999' },
};

/**
 * @template {import('node:util').ParseArgsConfig} T
 * @param {T} config
 * @param {string} command
 */
function parseStrictly(config, command) {
  try {
    return parseArgs(config);
  } catch (error) {
    const what = error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error);
    throw new SetupError(`${what}. Nothing was started. \`npm ${command} -- --help\` lists the options.`, 2);
  }
}

/**
 * @typedef {object} StartOptions
 * @property {boolean} help
 * @property {boolean} dev
 * @property {boolean} retryElectron
 * @property {boolean} noSandbox
 * @property {string[]} appArgs what the app gets, paths made absolute
 */

/**
 * @param {string[]} argv
 * @param {(path: string) => string} toAbsolute
 * @returns {StartOptions}
 */
export function parseStart(argv, toAbsolute) {
  const { values, positionals } = parseStrictly(
    {
      args: argv,
      allowPositionals: true,
      options: {
        case: { type: 'string' },
        demo: { type: 'boolean' },
        screenshot: { type: 'string' },
        theme: { type: 'string' },
        window: { type: 'string' },
        'user-data-dir': { type: 'string' },
        dev: { type: 'boolean' },
        'retry-electron': { type: 'boolean' },
        'no-sandbox': { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    },
    'start',
  );
  /** @param {string} message */
  const refuse = (message) => {
    throw new SetupError(`${message} Nothing was started. \`npm start -- --help\` lists the options.`, 2);
  };
  if (positionals.length > 1) refuse(`One case folder can be opened at a time, not ${positionals.length}.`);
  if (positionals[0] !== undefined && values.case !== undefined) refuse('The case folder is given twice.');
  const folder = values.case ?? positionals[0];
  if (folder !== undefined && values.demo) refuse('--case and --demo exclude each other.');
  if (values.screenshot !== undefined && values.dev) refuse('--screenshot and --dev exclude each other.');
  for (const [name, { pattern, says }] of Object.entries(valueRules)) {
    const value = /** @type {Record<string, unknown>} */ (values)[name];
    if (typeof value === 'string' && !pattern.test(value)) refuse(`--${name} is ${value}, not ${says}.`);
  }
  const appArgs = [];
  // One word each: Chromium reorders switches and values that stand apart.
  if (folder !== undefined) appArgs.push(`--case=${toAbsolute(folder)}`);
  if (values.demo) appArgs.push('--demo');
  if (values.screenshot !== undefined) appArgs.push(`--screenshot=${toAbsolute(values.screenshot)}`);
  if (values.theme !== undefined) appArgs.push(`--theme=${values.theme}`);
  if (values.window !== undefined) appArgs.push(`--window=${values.window}`);
  const userData = values['user-data-dir'];
  if (userData !== undefined) appArgs.push(`--user-data-dir=${toAbsolute(userData)}`);
  return {
    help: values.help ?? false,
    dev: values.dev ?? false,
    retryElectron: values['retry-electron'] ?? false,
    noSandbox: values['no-sandbox'] ?? false,
    appArgs,
  };
}

/**
 * @param {string[]} argv
 * @param {readonly string[]} stageNames
 */
export function parseTest(argv, stageNames) {
  const { values, positionals } = parseStrictly(
    {
      args: argv,
      allowPositionals: true,
      options: {
        only: { type: 'string', multiple: true },
        list: { type: 'boolean' },
        'retry-electron': { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    },
    'test',
  );
  const only = (values.only ?? []).flatMap((list) => list.split(',')).filter((name) => name !== '');
  const unknown = only.filter((name) => !stageNames.includes(name));
  if (unknown.length > 0) {
    throw new SetupError(`No stage is named ${unknown.join(', ')}. Stages: ${stageNames.join(', ')}.`, 2);
  }
  return {
    help: values.help ?? false,
    list: values.list ?? false,
    retryElectron: values['retry-electron'] ?? false,
    only,
    filters: positionals,
  };
}
