/**
 * Child processes: run one and collect its output, or hand the console over to it.
 * Owns: spawning, output limits, deadlines, passing on signals. Must not: interpret output.
 */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { stripVTControlCharacters } from 'node:util';

const maxKeptChars = 4_000_000;

/**
 * Exit code of a child as a shell would report it.
 * @param {number | null} code
 * @param {NodeJS.Signals | null} signal
 */
export function exitCodeOf(code, signal) {
  if (code !== null) return code;
  return signal ? 128 + (constants.signals[signal] ?? 0) : 1;
}

/**
 * Runs a command to its end and returns what it printed (stdout and stderr interleaved, without colours; the last 4 M characters).
 * A missing command gives code 127. On deadline the child's whole process group is killed and `timedOut` is true.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs?: number, onLine?: (line: string) => void }} options
 * @returns {Promise<{ code: number, output: string, stdout: string, timedOut: boolean }>}
 */
export function run(command, args, options = {}) {
  return new Promise((done) => {
    const isWindows = process.platform === 'win32';
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: options.timeoutMs !== undefined && !isWindows,
      shell: isWindows && command.endsWith('.cmd'),
    });
    let output = '';
    let stdout = '';
    let timedOut = false;
    const kill = () => {
      if (child.pid === undefined) return;
      try {
        process.kill(options.timeoutMs !== undefined && !isWindows ? -child.pid : child.pid, 'SIGKILL');
      } catch {
        // Already gone.
      }
    };
    const timer =
      options.timeoutMs === undefined
        ? undefined
        : setTimeout(() => {
            timedOut = true;
            kill();
          }, options.timeoutMs);
    // A detached child would outlive an interrupted run.
    const stopOn = /** @type {NodeJS.Signals[]} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
    /** @param {NodeJS.Signals} signal */
    const interrupted = (signal) => {
      kill();
      process.exit(exitCodeOf(null, signal));
    };
    if (options.timeoutMs !== undefined) for (const signal of stopOn) process.on(signal, interrupted);

    /** @param {string} text */
    const keep = (text) => {
      output = (output + text).slice(-maxKeptChars);
      if (options.onLine) for (const line of text.split('\n')) if (line.trim() !== '') options.onLine(line);
    };
    child.stdout.setEncoding('utf8').on('data', (text) => {
      stdout = (stdout + text).slice(-maxKeptChars);
      keep(text);
    });
    child.stderr.setEncoding('utf8').on('data', keep);
    /** @param {number} code */
    const finish = (code) => {
      clearTimeout(timer);
      for (const signal of stopOn) process.off(signal, interrupted);
      done({ code, output: stripVTControlCharacters(output), stdout, timedOut });
    };
    child.on('error', (error) => {
      output += `${error.message}\n`;
      finish(127);
    });
    child.on('close', (code, signal) => finish(exitCodeOf(code, signal)));
  });
}

/**
 * Hands the console to a child and resolves to its exit code. Interrupts reach the child, which decides.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, keepLine?: (line: string) => boolean }} options
 *   keepLine: filters the child's stderr line by line; without it stderr is the console itself
 * @returns {Promise<number>}
 */
export function handOver(command, args, options = {}) {
  return new Promise((done, fail) => {
    const keepLine = options.keepLine;
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ['inherit', 'inherit', keepLine ? 'pipe' : 'inherit'],
    });
    if (child.stderr && keepLine) {
      let rest = '';
      child.stderr.setEncoding('utf8').on('data', (text) => {
        const lines = (rest + text).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) if (keepLine(line)) process.stderr.write(`${line}\n`);
      });
      child.stderr.on('end', () => {
        if (rest !== '' && keepLine(rest)) process.stderr.write(`${rest}\n`);
      });
    }
    const passOn = /** @type {NodeJS.Signals[]} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
    /** @param {NodeJS.Signals} signal */
    const forward = (signal) => {
      // At a terminal the whole group has received the interrupt already.
      if (signal === 'SIGINT' && process.stdin.isTTY) return;
      child.kill(signal);
    };
    for (const signal of passOn) process.on(signal, forward);
    const release = () => {
      for (const signal of passOn) process.off(signal, forward);
    };
    child.on('error', (error) => {
      release();
      fail(error);
    });
    child.on('close', (code, signal) => {
      release();
      done(exitCodeOf(code, signal));
    });
  });
}
