/**
 * Downloads one file with deadlines. As a script (`node download.mjs <url> <file>`) it prints the sha256: callers start it
 * on the pinned Node, which honours proxy settings and the system's certificates where the machine's own Node may not.
 * Owns: the transfer. Must not: judge the checksum.
 */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { get as httpGet } from 'node:http';
import { get as httpsGet } from 'node:https';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { pinnedNode } from './paths.mjs';
import { run } from './run.mjs';

const firstByteMs = 8_000;
const stalledMs = 30_000;
const maxRedirects = 5;
const self = fileURLToPath(import.meta.url);

/**
 * Follows redirects to the answer that carries the file.
 * @param {string} url
 * @param {AbortSignal} signal
 * @returns {Promise<import('node:http').IncomingMessage>}
 */
async function open(url, signal, redirectsLeft = maxRedirects) {
  const get = new URL(url).protocol === 'https:' ? httpsGet : httpGet;
  const request = get(url, { signal });
  const [response] = /** @type {[import('node:http').IncomingMessage]} */ (await once(request, 'response'));
  const status = response.statusCode ?? 0;
  if (status === 200) return response;
  response.resume();
  const { location } = response.headers;
  if (status < 300 || status >= 400 || location === undefined) throw new Error(`HTTP ${status}`);
  if (redirectsLeft === 0) throw new Error('too many redirects');
  return open(new URL(location, url).href, signal, redirectsLeft - 1);
}

/**
 * Downloads to a file; aborts when the first byte or a following one takes too long. The error says why.
 * @param {string} url
 * @param {string} file
 * @returns {Promise<string>} sha256, hex
 */
export async function download(url, file, deadlines = { firstByteMs, stalledMs }) {
  const stop = new AbortController();
  const late = (/** @type {string} */ what) => () => stop.abort(new Error(what));
  let timer = setTimeout(late(`no answer within ${deadlines.firstByteMs / 1000} s`), deadlines.firstByteMs);
  try {
    const response = await open(url, stop.signal);
    const hash = createHash('sha256');
    await pipeline(
      response,
      async function* (/** @type {AsyncIterable<Buffer>} */ chunks) {
        for await (const chunk of chunks) {
          clearTimeout(timer);
          timer = setTimeout(late(`nothing received for ${deadlines.stalledMs / 1000} s`), deadlines.stalledMs);
          hash.update(chunk);
          yield chunk;
        }
      },
      createWriteStream(file),
      { signal: stop.signal },
    );
    return hash.digest('hex');
  } catch (error) {
    throw stop.signal.aborted ? stop.signal.reason : error;
  } finally {
    clearTimeout(timer);
    stop.abort();
  }
}

/**
 * The same in a child process on the pinned Node.
 * @param {string} url
 * @param {string} file
 * @returns {Promise<string>} sha256, hex
 */
export async function downloadOutside(url, file) {
  const env = { ...process.env, NODE_USE_ENV_PROXY: '1', NODE_USE_SYSTEM_CA: '1', NODE_OPTIONS: '' };
  const result = await run(pinnedNode, [self, url, file], { env });
  if (result.code !== 0) throw new Error(result.output.trim().split('\n')[0] || `the download ended with ${result.code}`);
  return result.stdout.trim();
}

if (process.argv[1] === self) {
  try {
    process.stdout.write(await download(process.argv[2] ?? '', process.argv[3] ?? ''));
  } catch (error) {
    process.stderr.write(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
