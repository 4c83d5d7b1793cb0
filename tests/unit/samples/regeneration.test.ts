/** The shipped sample is what the generator makes, and nothing in it is real. */
import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildLantern } from '../../../build/samples/lantern.ts';
import type { OutputFile } from '../../../build/samples/lantern.ts';
import { fileBytes, fileNames, fileText, member, members, totalBytes, truth } from './shipped.ts';

const MAX_TOTAL_BYTES = 8_000_000;
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

describe('the shipped files', () => {
  let made: OutputFile[] = [];
  beforeAll(() => {
    made = buildLantern();
  }, 120_000);

  it("are the generator's, byte for byte, and no others", () => {
    expect(made.map((file) => file.path).sort()).toEqual(fileNames());
    const digests = (files: readonly { path: string; bytes: Uint8Array }[]): Record<string, string> =>
      Object.fromEntries(files.map((file) => [file.path, sha256(file.bytes)]));
    expect(digests(fileNames().map((path) => ({ path, bytes: fileBytes(path) })))).toEqual(digests(made));
  });

  it('change with the seed', () => {
    const other = buildLantern('another seed');
    const changed = other.filter((file, index) => sha256(file.bytes) !== sha256(made[index]?.bytes ?? new Uint8Array()));
    expect(changed.length).toBeGreaterThan(7);
  }, 120_000);

  it('fit the size that may be shipped', () => {
    expect(totalBytes()).toBeLessThanOrEqual(MAX_TOTAL_BYTES);
  });

  it('are described by the manifest: digests, sizes, rows', () => {
    type Manifest = { files: { path: string; bytes: number; sha256: string; tables: { name: string; member: string; rows: number; rejected: number }[] }[] };
    const manifest = JSON.parse(fileText('manifest.json')) as Manifest;
    expect([...manifest.files.map((file) => file.path), 'ground-truth.json', 'manifest.json'].sort()).toEqual(fileNames());
    for (const file of manifest.files) {
      expect({ path: file.path, bytes: fileBytes(file.path).length, sha256: sha256(fileBytes(file.path)) }).toEqual({
        path: file.path,
        bytes: file.bytes,
        sha256: file.sha256,
      });
      for (const table of file.tables.filter((item) => item.member.endsWith('.jsonl') || item.member.endsWith('.txt'))) {
        expect([table.member, member(file.path, table.member).trimEnd().split('\n').length]).toEqual([table.member, table.rows]);
      }
    }
    const listed = manifest.files.flatMap((file) => file.tables.map((table) => [file.path, table.name, table.rows, table.rejected]));
    expect(truth().tables.map((table) => [table.file, table.table, table.rows, table.rejected])).toEqual(listed);
  });
});

describe('nothing in the sample is real', () => {
  const texts = (): [string, string][] =>
    fileNames().flatMap((name): [string, string][] => {
      if (name.endsWith('.zip') || name.endsWith('.tar.gz')) return Object.keys(members(name)).map((entry) => [`${name} › ${entry}`, member(name, entry)]);
      return name.endsWith('.gz') ? [] : [[name, fileText(name)]];
    });

  it('names public addresses only from ranges reserved for documentation and tests', () => {
    const allowed = /^(10\.20\.|192\.0\.2\.|198\.51\.100\.|203\.0\.113\.|198\.1[89]\.|127\.0\.0\.1$)/;
    for (const [name, text] of texts()) {
      // Four-part file versions and Defender platform numbers look like addresses; they always follow a path or a dot.
      const found = new Set([...text.matchAll(/(?<![\d.\\/_-])(?:\d{1,3}\.){3}\d{1,3}(?![\d.]|-\d|_x)/g)].map((match) => match[0]));
      const strange = [...found].filter((ip) => !allowed.test(ip) && ip.split('.').every((part) => Number(part) < 256));
      expect({ name, strange }).toEqual({ name, strange: [] });
    }
  });

  it('names hosts on the web and mail domains only under example.com, example.net and example.org', () => {
    for (const [name, text] of texts()) {
      const found = new Set([...text.matchAll(/(?:https?:\/\/|[a-z0-9]@)([a-z0-9-]+(?:\.[a-z0-9-]+)+)/gi)].map((match) => (match[1] ?? '').toLowerCase()));
      const strange = [...found].filter((domain) => !/(^|\.)example\.(com|net|org)$/.test(domain));
      expect({ name, strange }).toEqual({ name, strange: [] });
    }
  });
});
