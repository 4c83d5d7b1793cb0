/**
 * A display for the app: the person's own, or a virtual one that lives as long as this process.
 * Owns: starting and ending Xvfb, its access cookie. Must not: install it (system-setup.mjs does).
 */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SetupError } from './say.mjs';

const screen = '1600x1000x24';
const startMs = 10_000;
const anyHost = 0xffff;

export function needsDisplay(env = process.env, platform = process.platform) {
  return platform === 'linux' && !env['DISPLAY'] && !env['WAYLAND_DISPLAY'];
}

/**
 * One entry of an X authority file, valid for any display number: only holders of the file may connect.
 * @param {Buffer} cookie
 */
export function authorityEntry(cookie) {
  /** @param {Buffer} field */
  const counted = (field) => {
    const length = Buffer.alloc(2);
    length.writeUInt16BE(field.length);
    return Buffer.concat([length, field]);
  };
  const family = Buffer.alloc(2);
  family.writeUInt16BE(anyHost);
  const empty = counted(Buffer.alloc(0));
  return Buffer.concat([family, empty, empty, counted(Buffer.from('MIT-MAGIC-COOKIE-1')), counted(cookie)]);
}

/**
 * Starts Xvfb on a free display. It ends with `stop`, and with this process.
 * @returns {Promise<{ env: { DISPLAY: string, XAUTHORITY: string }, stop: () => void }>}
 */
export async function startVirtualDisplay() {
  const folder = mkdtempSync(join(tmpdir(), 'casebench-display-'));
  const authority = join(folder, 'authority');
  writeFileSync(authority, authorityEntry(randomBytes(16)), { mode: 0o600 });
  const server = spawn(
    'Xvfb',
    ['-displayfd', '3', '-screen', '0', screen, '-nolisten', 'tcp', '-noreset', '-auth', authority],
    // Its own group: an interrupt at the terminal must not take the display away before the app has closed.
    { stdio: ['ignore', 'ignore', 'pipe', 'pipe'], detached: true },
  );
  const stop = () => {
    server.kill();
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', stop);
  const pipe = server.stdio[3];
  const number = await new Promise((found, fail) => {
    let complaint = '';
    let text = '';
    const timer = setTimeout(() => fail(new Error(`no answer within ${startMs / 1000} s`)), startMs);
    /** @param {Error} error */
    const failed = (error) => {
      clearTimeout(timer);
      fail(error);
    };
    server.stderr?.setEncoding('utf8').on('data', (chunk) => (complaint += chunk));
    server.on('error', failed);
    server.on('exit', (code) => failed(new Error(`it ended with ${code}. ${complaint.trim()}`)));
    pipe?.on('data', (/** @type {Buffer} */ chunk) => {
      text += chunk.toString();
      if (!text.includes('\n')) return;
      clearTimeout(timer);
      found(text.trim());
    });
  }).catch((error) => {
    stop();
    throw new SetupError(`The virtual display (Xvfb) did not start: ${error.message} The app was not opened.`);
  });
  // The server must not keep this process alive.
  server.unref();
  for (const stream of [pipe, server.stderr]) /** @type {import('node:net').Socket} */ (stream)?.unref();
  return { env: { DISPLAY: `:${number}`, XAUTHORITY: authority }, stop };
}
