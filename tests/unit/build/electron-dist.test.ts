/** Preparing an Electron distribution: fuses, archive, folder name, remembered failures, downloads that stall. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { encodeAsar } from '../../../build/lib/asar.mjs';
import { download, downloadOutside } from '../../../build/lib/download.mjs';
import { fallbackFolderName } from '../../../build/lib/fallback-electron.mjs';
import { readFuses } from '../../../build/lib/fuses.mjs';
import { isRecentFailure } from '../../../build/lib/product-electron.mjs';

const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const binary = (...parts: string[]) => Buffer.from(parts.join(''), 'latin1');

describe('fuses', () => {
  it('are read behind their sentinel', () => {
    expect(readFuses(binary('xxxx', sentinel, '\x01\x08', '10100011', 'yy'))).toEqual({
      offset: 4 + sentinel.length + 2,
      wire: '10100011',
    });
  });

  it('are refused when the place is missing, ambiguous or of another version', () => {
    expect(() => readFuses(binary('nothing'))).toThrow('no fuse wire');
    expect(() => readFuses(binary(sentinel, '\x01\x011', sentinel, '\x01\x011'))).toThrow('more than one');
    expect(() => readFuses(binary(sentinel, '\x02\x011'))).toThrow('version 2');
  });
});

describe('asar', () => {
  it('holds a header that finds each file', () => {
    const archive = encodeAsar({ 'main.js': Buffer.from('console.log(1)'), 'package.json': Buffer.from('{}') });
    const jsonLength = archive.readUInt32LE(12);
    const header = JSON.parse(archive.toString('utf8', 16, 16 + jsonLength)) as {
      files: Record<string, { size: number; offset: string }>;
    };
    const bodyStart = 8 + archive.readUInt32LE(4);
    const content = Object.entries(header.files).map(([name, { size, offset }]) => [
      name,
      archive.toString('utf8', bodyStart + Number(offset), bodyStart + Number(offset) + size),
    ]);
    expect(Object.fromEntries(content)).toEqual({ 'main.js': 'console.log(1)', 'package.json': '{}' });
  });
});

describe('the prepared folder', () => {
  it('is another one when the default app changes', () => {
    const name = fallbackFolderName({ 'main.js': Buffer.from('a') });
    expect(fallbackFolderName({ 'main.js': Buffer.from('a') })).toBe(name);
    expect(fallbackFolderName({ 'main.js': Buffer.from('b') })).not.toBe(name);
    expect(name).toContain('33.2.1');
  });
});

describe('a remembered failure', () => {
  const nowMs = Date.UTC(2026, 2, 11);
  const hourMs = 3_600_000;

  it('counts for a day', () => {
    expect(isRecentFailure({ atMs: nowMs - hourMs }, nowMs)).toBe(true);
    expect(isRecentFailure({ atMs: nowMs - 24 * hourMs }, nowMs)).toBe(false);
  });

  it('does not count when it is unreadable or from the future', () => {
    expect(isRecentFailure(null, nowMs)).toBe(false);
    expect(isRecentFailure({ atMs: 'soon' }, nowMs)).toBe(false);
    expect(isRecentFailure({ atMs: nowMs + hourMs }, nowMs)).toBe(false);
  });
});

describe('download', () => {
  let server: Server | undefined;
  let folder = '';

  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const serve = async (handler: Parameters<typeof createServer>[1]): Promise<[string, string]> => {
    folder = mkdtempSync(join(tmpdir(), 'casebench-download-'));
    const started = createServer(handler ?? (() => {}));
    server = started;
    await new Promise<void>((ready) => started.listen(0, '127.0.0.1', ready));
    return [`http://127.0.0.1:${(started.address() as AddressInfo).port}/electron.zip`, join(folder, 'electron.zip')];
  };
  const short = { firstByteMs: 200, stalledMs: 200 };

  it('answers with the checksum of what arrived', async () => {
    const [url, file] = await serve((_, response) => response.end('abc'));
    expect(await download(url, file)).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });

  it('follows redirects, and not for ever', async () => {
    const [url, file] = await serve((request, response) => {
      if (request.url === '/electron.zip') response.writeHead(302, { location: '/stored' }).end();
      else if (request.url === '/stored') response.end('abc');
      else response.writeHead(302, { location: '/loop' }).end();
    });
    expect(await download(url, file)).toMatch(/^ba7816bf/);
    await expect(download(new URL('/loop', url).href, file)).rejects.toThrow('too many redirects');
  });

  it('is not complete when the server hangs up early', async () => {
    const [url, file] = await serve((_, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('abc', () => response.destroy());
    });
    await expect(download(url, file)).rejects.toThrow('aborted');
  });

  it('gives up on a server that never answers', async () => {
    const [url, file] = await serve(() => {});
    await expect(download(url, file, short)).rejects.toThrow('no answer within 0.2 s');
  });

  it('gives up on a server that stops in the middle', async () => {
    const [url, file] = await serve((_, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('abc');
    });
    await expect(download(url, file, short)).rejects.toThrow('nothing received for 0.2 s');
  });

  it('says which status it got', async () => {
    const [url, file] = await serve((_, response) => response.writeHead(404).end());
    await expect(download(url, file)).rejects.toThrow('HTTP 404');
  });

  it('gives the same answers from a process of its own', async () => {
    const [url, file] = await serve((_, response) => response.end('abc'));
    expect(await downloadOutside(url, file)).toBe(await download(url, file));
    await expect(downloadOutside('http://nowhere.invalid/', file)).rejects.toThrow('nowhere.invalid');
  });

  it('says why nobody could be reached', async () => {
    const [url, file] = await serve(() => {});
    await new Promise((closed) => server?.close(closed));
    await expect(download(url, file)).rejects.toThrow('ECONNREFUSED');
  });
});
