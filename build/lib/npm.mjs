/**
 * Calling the person's own npm, never the tools inside node_modules (an install replaces those while it runs).
 * Owns: finding npm, its environment, which of its lines are noise. Must not: choose what is installed.
 */
import { existsSync } from 'node:fs';
import { delimiter, join, sep } from 'node:path';
import { modulesFolder, withoutTools } from './paths.mjs';
import { run } from './run.mjs';

/**
 * Drops npm's warnings about engines: npm itself may run on an older Node than the pinned one everything else uses.
 * @param {string} output
 */
export function withoutEngineWarnings(output) {
  let dropping = false;
  return output
    .split('\n')
    .filter((line) => {
      dropping = /^npm warn EBADENGINE/i.test(line) || (dropping && /^npm warn\s*(}|$)/i.test(line));
      return !dropping;
    })
    .join('\n');
}

/**
 * The command that starts npm: the one that started us, or the one on PATH.
 * @param {NodeJS.ProcessEnv} env
 */
export function npmCommand(env = process.env, nodePath = process.execPath, platform = process.platform) {
  const cli = env['npm_execpath'];
  if (cli && /npm-cli\.c?js$/.test(cli) && existsSync(cli)) {
    if (!nodePath.startsWith(modulesFolder + sep)) return { command: nodePath, args: [cli] };
    const name = platform === 'win32' ? 'node.exe' : 'node';
    const found = withoutTools(env['PATH'])
      .split(delimiter)
      .map((folder) => join(folder, name))
      .find((file) => existsSync(file));
    if (found) return { command: found, args: [cli] };
  }
  return { command: platform === 'win32' ? 'npm.cmd' : 'npm', args: [] };
}

/**
 * @param {string[]} args
 * @param {{ cwd: string, onLine?: (line: string) => void }} options
 */
export function npm(args, options) {
  const { command, args: first } = npmCommand();
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...process.env, PATH: withoutTools(), NODE_OPTIONS: '' };
  // What the outer npm set for this script would steer the inner one.
  for (const name of Object.keys(env)) if (/^npm_(lifecycle|package|command)/.test(name)) delete env[name];
  return run(command, [...first, ...args], { ...options, env });
}
