/**
 * Downloads one file with deadlines. As a script (`node download.mjs <url> <file>`) it prints the sha256: callers start it
 * on the pinned Node, which honours proxy settings and the system's certificates where the machine's own Node may not.
 * Owns: the transfer. Must not: judge the checksum.
 */
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { pinnedNode } from './paths.mjs';
import { run } from './run.mjs';

const firstByteMs = 8_000;
const stalledMs = 30_000;
const self = fileURLToPath(import.meta.url);

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
    const response = await fetch(url, { signal: stop.signal });
    if (!response.ok || !response.body) throw new Error(`HTTP ${response.status}`);
    const hash = createHash('sha256');
    await pipeline(
      Readable.fromWeb(/** @type {import('node:stream/web').ReadableStream} */ (response.body)),
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
    if (stop.signal.aborted) throw stop.signal.reason;
    const cause = error instanceof Error ? /** @type {{ message?: string } | undefined} */ (error.cause) : undefined;
    throw new Error(cause?.message ?? (error instanceof Error ? error.message : String(error)), { cause: error });
  } finally {
    clearTimeout(timer);
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
  if (result.code !== 0) throw new Error(result.output.trim());
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
