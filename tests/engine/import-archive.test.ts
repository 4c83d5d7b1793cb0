import { readdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorkerPool } from '../../main/evidence/work/pool.ts';
import { tar, zip } from '../fixtures/import/archives.ts';
import { columnOf, openBench, type Bench } from './import-support.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const csv = 'a,b\n1,x\n2,y\n';
const xz = Buffer.from('/Td6WFoAAATm1rRGAgAhARYAAAB0L+WjAQALYSxiCjEseAoyLHkKAEzgt25dEyFzAAEkDKYY2NgftvN9AQAAAAAEWVo=', 'base64');
const bz2 = Buffer.from('QlpoOTFBWSZTWbzHKEUAAARZgAAQAAQwADAAAGAgADEMCCNBmo4EIheLuSKcKEheY5QigA==', 'base64');

const importAll = async (name: string, content: Uint8Array): Promise<{ tables: string[]; failed: string[]; codes: string[] }> => {
  const result = await bench.run([await bench.write(name, content)]);
  return {
    tables: result.tables.map((table) => `${table.source}: ${table.rows}+${table.rejected}`),
    failed: result.failed.map((failed) => failed.source),
    codes: result.failed.map((failed) => failed.error.code),
  };
};

describe('honest archives', () => {
  it('imports every table of a zip, folders and resource forks aside', async () => {
    const done = await importAll('logs.zip', zip([
      { name: 'host/', data: '' },
      { name: 'host/a.csv', data: csv },
      { name: 'host/b.jsonl', data: '{"n":1}\n{"n":2}\n{' },
      { name: '__MACOSX/host/._a.csv', data: 'junk' },
      { name: '.DS_Store', data: 'junk' },
      { name: 'stored.tsv', data: csv.replaceAll(',', '\t'), method: 0 },
    ]));
    expect(done).toEqual({ tables: ['logs.zip › host/a.csv: 2+0', 'logs.zip › host/b.jsonl: 2+1', 'logs.zip › stored.tsv: 2+0'], failed: [], codes: [] });
    const evidence = bench.session.evidence().find((each) => each.name === 'logs.zip');
    expect(evidence).toMatchObject({ importer: 'zip', rows: 6, rejected: 1 });
  });

  it.each([
    ['gzip', 'x.csv.gz', gzipSync(csv)],
    ['gzip with bytes after its end', 'y.csv.gz', Buffer.concat([gzipSync(csv), Buffer.from('\n')])],
    ['gzip of several members', 'z.csv.gz', Buffer.concat([gzipSync('a,b\n1,x\n'), gzipSync('2,y\n')])],
    ['zstd', 'x.csv.zst', zstdCompressSync(csv)],
    ['bzip2', 'x.csv.bz2', bz2],
    ['xz', 'x.csv.xz', xz],
    ['tar', 'x.tar', tar([{ name: './x.csv', data: csv }])],
    ['tar.gz', 'x.tgz', gzipSync(tar([{ name: 'x.csv', data: csv }]))],
    ['zip with bytes after its end', 'x.zip', zip([{ name: 'x.csv', data: csv }], Buffer.from('\n'))],
    ['gzip in zip', 'in.zip', zip([{ name: 'x.csv.gz', data: gzipSync(csv), method: 0 }])],
    ['zip in zip', 'inin.zip', zip([{ name: 'inner.zip', data: zip([{ name: 'x.csv', data: csv }]), method: 0 }])],
  ])('reads %s by its content', async (_label, name, bytes) => {
    const result = await bench.run([await bench.write(name, bytes)]);
    const [table] = result.tables;
    expect(result.failed).toEqual([]);
    expect(columnOf(await bench.read(table?.tableId ?? ''), 'a')).toEqual(['1', '2']);
    expect(table?.name.replace(/ \d+$/, '')).toBe(name.startsWith('y') ? 'y' : name.startsWith('z') ? 'z' : 'x');
  });

  it('knows a format by content, not by name', async () => {
    const done = await importAll('actually-a-zip.csv', zip([{ name: 'data', data: csv }]));
    expect(done.tables).toEqual(['actually-a-zip.csv › data: 2+0']);
  });

  it('names what it cannot read and imports the rest', async () => {
    const done = await importAll('some.zip', zip([
      { name: 'a.csv', data: csv },
      { name: 'secret.csv', data: csv, encrypted: true },
      { name: 'capture.pcap', data: Buffer.from('d4c3b2a1020004000000000000000000', 'hex') },
      { name: 'empty.csv', data: '' },
      { name: 'odd.csv', data: csv, method: 14 },
    ]));
    expect(done.tables).toEqual(['some.zip › a.csv: 2+0']);
    expect(done.failed).toEqual(['some.zip › secret.csv', 'some.zip › odd.csv', 'some.zip › capture.pcap', 'some.zip › empty.csv']);
    expect(done.codes).toEqual(['import.unsupported', 'import.unsupported', 'import.unsupported', 'import.empty']);
  });

  it('says that an archive is encrypted when all of it is', async () => {
    const error = await bench.failure('locked.zip', zip([{ name: 'secret.csv', data: csv, encrypted: true }]));
    expect(error.message).toMatch(/secret\.csv is encrypted/);
  });
});

describe('hostile archives', () => {
  it.each([
    ['parent folder', zip([{ name: '../evil.csv', data: csv }])],
    ['parent folder inside', zip([{ name: 'a/../../evil.csv', data: csv }])],
    ['absolute path', zip([{ name: '/tmp/evil.csv', data: csv }])],
    ['drive', zip([{ name: 'C:/evil.csv', data: csv }])],
    ['backslashes', zip([{ name: '..\\evil.csv', data: csv }])],
    ['overlapping entries', zip([{ name: 'a.csv', data: csv }, { name: 'b.csv', data: csv, overlaps: 0 }])],
    ['tar with parent folder', tar([{ name: '../evil.csv', data: csv }])],
    ['tar with absolute path', gzipSync(tar([{ name: '/tmp/evil.csv', data: csv }]))],
  ])('refuses one with %s whole', async (_label, bytes) => {
    const outside = await readdir(dirname(bench.session.folder));
    const error = await bench.failure('evil.zip', bytes);
    expect(error.code).toBe('import.refused');
    expect(error.message).toMatch(/evil\.zip/);
    expect(await readdir(dirname(bench.session.folder))).toEqual(outside);
    expect(await bench.leftovers()).toEqual([]);
  });

  it('makes no links and no devices, and takes a name once', async () => {
    const links = await importAll('links.zip', zip([{ name: 'a.csv', data: csv }, { name: 'link.csv', data: '/etc/passwd', mode: 0o120777 }, { name: 'dev', data: 'x', mode: 0o020666 }, { name: 'a.csv', data: csv }]));
    expect(links).toEqual({ tables: ['links.zip › a.csv: 2+0'], failed: ['links.zip › link.csv', 'links.zip › dev', 'links.zip › a.csv'], codes: ['import.refused', 'import.refused', 'import.refused'] });
    const tarred = await importAll('links.tar', tar([{ name: 'a.csv', data: csv }, { name: 'l', type: '2', link: '/etc/passwd' }, { name: 'h', type: '1', link: 'a.csv' }, { name: 'd', type: '3' }]));
    expect(tarred.tables).toEqual(['links.tar › a.csv: 2+0']);
    expect(tarred.codes).toEqual(['import.refused', 'import.refused', 'import.refused']);
  });

  it('does not believe stated sizes', async () => {
    const small = await importAll('lies.zip', zip([{ name: 'good.csv', data: csv }, { name: 'more.csv', data: csv.repeat(100), claimedSize: 10 }]));
    expect(small).toEqual({ tables: ['lies.zip › good.csv: 2+0'], failed: ['lies.zip › more.csv'], codes: ['import.malformed'] });
  });

  it('stops a bomb by what really comes out', async () => {
    const zeros = Buffer.alloc(80 * 1_048_576);
    const error = await bench.failure('bomb.zip', zip([{ name: 'zeros.csv', data: zeros }]));
    expect(error).toMatchObject({ code: 'limit' });
    expect(error.message).toMatch(/400 times its size/);
    expect((await bench.failure('bomb.csv.gz', gzipSync(zeros))).code).toBe('limit');
    expect(await bench.leftovers()).toEqual([]);
  });

  it('stops archives nested too deep', async () => {
    let nested = zip([{ name: 'x.csv', data: csv }]);
    for (let i = 0; i < 6; i += 1) nested = zip([{ name: `level${i}.zip`, data: nested, method: 0 }]);
    expect(await bench.failure('russian.zip', nested)).toMatchObject({ code: 'limit' });
  });

  it('keeps to its limits on entries and bytes', async () => {
    const pool = createWorkerPool({ size: 1 });
    try {
      const many = await bench.write('many.zip', zip(Array.from({ length: 20 }, (_, i) => ({ name: `${i}.csv`, data: csv }))));
      const input = { path: many, name: 'many.zip', outDir: bench.files, skip: [] };
      await expect(pool.call('unpack', { ...input, limits: { maxEntries: 10 } })).rejects.toMatchObject({ code: 'limit', message: expect.stringMatching(/10 archive entries/) as string });
      await expect(pool.call('unpack', { ...input, limits: { maxTotalBytes: 100 } })).rejects.toMatchObject({ code: 'limit' });
      await expect(pool.call('unpack', { ...input, limits: { maxEntryBytes: 5 } })).rejects.toMatchObject({ code: 'limit' });
    } finally {
      await pool.close();
    }
  });

  it.each([
    ['a zip', zip([{ name: 'a.csv', data: csv }]).subarray(0, 60)],
    ['a gzip', gzipSync(Buffer.from(Array.from({ length: 50_000 }, (_, i) => `${i * 7919}\n`).join(''))).subarray(0, 20_000)],
    ['an xz', xz.subarray(0, 40)],
    ['a bzip2', bz2.subarray(0, 30)],
  ])('says that %s is cut off', async (_label, bytes) => {
    expect((await bench.failure('cut.bin', bytes)).code).toBe('import.malformed');
  });
});

it('leaves nothing in the case that nobody knows', async () => {
  expect(await bench.leftovers()).toEqual([]);
});
