/**
 * A display for the app: the person's own, or a virtual one that lives as long as this process.
 * Owns: starting and ending Xvfb, its access cookie. Must not: install it (system-setup.mjs does).
 */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SetupError } from './say.mjs';

/** Larger than any window that is asked for: one of exactly the screen's size is made a pixel smaller by Chromium. */
const screen = '2600x1600x24';
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
 * Keeps the server for as long as its own stdin is open: that ends with this process, however it ends.
 * Only the server holds file descriptor 3, so its end shows there.
 */
const keeper = `folder=$1; shift
Xvfb "$@" </dev/null & server=$!
exec 3>&-
read -r _
kill "$server"; wait "$server"
rm -rf "$folder"`;

/**
 * Starts Xvfb on a free display. It ends with `stop`, and with this process.
 * @returns {Promise<{ env: { DISPLAY: string, XAUTHORITY: string }, stop: () => void }>}
 */
export async function startVirtualDisplay() {
  const folder = mkdtempSync(join(tmpdir(), 'casebench-display-'));
  const authority = join(folder, 'authority');
  writeFileSync(authority, authorityEntry(randomBytes(16)), { mode: 0o600 });
  const options = ['-displayfd', '3', '-screen', '0', screen, '-nolisten', 'tcp', '-noreset', '-auth', authority];
  const server = spawn('sh', ['-c', keeper, 'sh', folder, ...options], {
    stdio: ['pipe', 'ignore', 'pipe', 'pipe'],
    // Its own group: an interrupt at the terminal must not take the display away before the app has closed.
    detached: true,
  });
  const [input, , errors, answer] = /** @type {import('node:net').Socket[]} */ (/** @type {unknown} */ (server.stdio));
  if (!input || !errors || !answer) throw new Error('The display process has no pipes.');
  let complaint = '';
  errors.setEncoding('utf8').on('data', (chunk) => (complaint += chunk));
  const number = await new Promise((found, fail) => {
    let text = '';
    const timer = setTimeout(() => fail(new Error(`no answer within ${startMs / 1000} s`)), startMs);
    answer.on('data', (chunk) => {
      text += chunk.toString();
      if (text.includes('\n')) found(text.trim());
    });
    answer.on('close', () => fail(new Error(`it ended at once. ${complaint.trim()}`)));
    server.on('error', fail);
    answer.once('close', () => clearTimeout(timer));
  }).catch((error) => {
    input.end();
    throw new SetupError(`The virtual display (Xvfb) did not start: ${error.message} The app was not opened.`);
  });
  // The server must not keep this process alive.
  server.unref();
  for (const stream of [input, errors, answer]) stream.unref();
  return { env: { DISPLAY: `:${number}`, XAUTHORITY: authority }, stop: () => input.end() };
}
