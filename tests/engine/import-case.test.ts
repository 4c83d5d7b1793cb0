import { createHash } from 'node:crypto';
import { appendFileSync, existsSync } from 'node:fs';
import { mkdir, readFile, stat, symlink, utimes } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FileToImport } from '../../main/evidence/index.ts';
import { importDemo } from '../../main/evidence/index.ts';
import { zip } from '../fixtures/import/archives.ts';
import { openBench, type Bench } from './import-support.ts';

const repo = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const csv = (rows: number): string => `TimeGenerated,EventID,Account\n${Array.from({ length: rows }, (_, i) => `2026-03-01T00:00:00Z,${i},user ${i}\n`).join('')}`;

describe('the ledger', () => {
  it('holds path, size, time, digest, importer, settings and counts', async () => {
    const path = await bench.write('folder/ledger.csv', `${csv(5)}x\n`);
    await utimes(path, 1_700_000_000, 1_700_000_000);
    const result = await bench.run([{ path, items: { '': { zone: 'Europe/Paris', tableName: 'Mine' } } }]);
    const bytes = await readFile(path);
    const evidence = bench.session.evidence().find((each) => each.name === 'ledger.csv');
    expect(evidence).toMatchObject({
      name: 'ledger.csv', sizeBytes: bytes.length, sha256: sha256(bytes), importer: 'csv', copied: false, copyPath: null, originalPath: path,
      modifiedUs: 1_700_000_000_000_000, rows: 5, rejected: 1,
    });
    expect(evidence?.folder).toBe('~/given/folder');
    expect(JSON.parse(evidence?.optionsJson ?? '{}')).toMatchObject({ items: { '': { format: 'csv', delimiter: ',', headerRow: 1, timeColumn: 'TimeGenerated', zone: 'Europe/Paris' } } });
    expect(result.tables[0]).toMatchObject({ name: 'Mine', rows: 5, rejected: 1, source: 'ledger.csv', sha256: sha256(bytes) });
    const table = bench.session.table(result.tables[0]?.tableId ?? '');
    expect(sha256(await readFile(join(bench.session.folder, table.file)))).toBe(table.sha256);
    expect(table.sizeBytes).toBe((await stat(join(bench.session.folder, table.file))).size);
    expect(bench.session.table(table.rejectsTableId ?? '')).toMatchObject({ kind: 'rejects', rows: 1, evidenceId: evidence?.id, name: 'Rejected rows of Mine' });
  });

  it('copies the original when asked and leaves it alone always', async () => {
    const path = await bench.write('copied.csv', csv(3));
    const before = { bytes: await readFile(path), modified: (await stat(path)).mtimeMs };
    await bench.run([path], { copyOriginals: true });
    const evidence = bench.session.evidence().find((each) => each.name === 'copied.csv');
    expect(evidence?.copied).toBe(true);
    expect(await readFile(join(bench.session.folder, evidence?.copyPath ?? ''))).toEqual(before.bytes);
    expect({ bytes: await readFile(path), modified: (await stat(path)).mtimeMs }).toEqual(before);
  });

  it('is one step to undo, for all tables of a file', async () => {
    const path = await bench.write('two.zip', zip([{ name: 'a.csv', data: csv(1) }, { name: 'b.csv', data: csv(2) }]));
    const before = bench.session.tables().length;
    await bench.run([path]);
    expect(bench.session.tables()).toHaveLength(before + 2);
    expect(bench.session.undo()).toMatch(/two\.zip/);
    expect(bench.session.tables()).toHaveLength(before);
    bench.session.redo();
    expect(bench.session.tables()).toHaveLength(before + 2);
  });
});

describe('names', () => {
  it('come from the schema, else the file, and are unique', async () => {
    const header = 'TenantId,Account,EventID,TimeGenerated,Computer,SubjectUserName,TargetUserName,LogonType\n';
    const row = 't,a,4624,2026-03-01T00:00:00Z,c,s,t,3\n';
    const result = await bench.run([await bench.write('x1/export.csv', header + row), await bench.write('x2/export.csv', header + row), await bench.write('x3/my  host\tlist.csv.csv', 'a,b\n1,2\n')]);
    expect(result.tables.map((table) => table.name)).toEqual(['SecurityEvent', 'SecurityEvent 2', 'my host list']);
  });

  it('are safe as file names', async () => {
    const result = await bench.run([{ path: await bench.write('n.csv', 'a,b\n1,2\n'), items: { '': { tableName: '../../évil name: <x>' } } }]);
    const table = bench.session.table(result.tables[0]?.tableId ?? '');
    expect(table.name).toBe('../../évil name: <x>');
    expect(table.file).toMatch(/^tables\/\d{4}-[A-Za-z0-9._-]+\.parquet$/);
    expect(existsSync(join(bench.session.folder, table.file))).toBe(true);
  });
});

describe('several files', () => {
  it('one that cannot be read does not stop the others', async () => {
    const files: FileToImport[] = [
      { path: await bench.write('ok1.csv', csv(2)) },
      { path: join(bench.files, 'missing.csv') },
      { path: await bench.write('empty.csv', '') },
      { path: await bench.write('binary.bin', Buffer.from(Array.from({ length: 4_000 }, (_, i) => (i * 37) % 256))) },
      { path: await bench.write('ok2.jsonl', '{"a":1}\n{"a":2}\n') },
    ];
    const result = await bench.run(files);
    expect(result.tables.map((table) => table.rows)).toEqual([2, 2]);
    expect(result.failed.map(({ source, error }) => [source, error.code])).toEqual([['missing.csv', 'file.unreadable'], ['empty.csv', 'import.empty'], ['binary.bin', 'import.unsupported']]);
    for (const { source, error } of result.failed) expect(error.message).toContain(source);
  });

  it('a folder stands for the files in it, in order, litter and links aside', async () => {
    await bench.write('dir/b.csv', csv(2));
    await bench.write('dir/a/deep.csv', csv(1));
    await bench.write('dir/.hidden.csv', csv(9));
    await symlink(join(bench.files, 'dir/b.csv'), join(bench.files, 'dir/link.csv'));
    const result = await bench.run([join(bench.files, 'dir')]);
    expect(result.tables.map(({ source, rows }) => [source, rows])).toEqual([['deep.csv', 1], ['b.csv', 2]]);
  });

  it('an empty folder is an error that says so', async () => {
    await mkdir(join(bench.files, 'void'));
    await expect(bench.run([join(bench.files, 'void')])).rejects.toMatchObject({ code: 'import.empty' });
  });

  it('leaves out items the analyst left out', async () => {
    const path = await bench.write('part.zip', zip([{ name: 'a.csv', data: csv(1) }, { name: 'b.csv', data: csv(2) }]));
    const result = await bench.run([{ path, items: { 'a.csv': null, 'b.csv': { tableName: 'Only b' } } }]);
    expect(result.tables.map((table) => table.name)).toEqual(['Only b']);
  });
});

describe('progress and cancel', () => {
  it('tells bytes that only grow, up to the total', async () => {
    const path = await bench.write('progress.csv', csv(200_000));
    const seen: number[] = [];
    await bench.run([path, await bench.write('small.csv', csv(3))], { onProgress: ({ done }) => done !== undefined && seen.push(done) });
    expect(seen.every((done, i) => i === 0 || done >= (seen[i - 1] ?? 0))).toBe(true);
    expect(seen.at(-1)).toBe((await stat(path)).size + (await stat(join(bench.files, 'small.csv'))).size);
  });

  it.each([0, 5, 40, 150, 400])('cancelled after %d ms it leaves no half table', async (delayMs) => {
    const big = await bench.write('cancel.csv', csv(400_000));
    const json = await bench.write('cancel.json', JSON.stringify(Array.from({ length: 60_000 }, (_, i) => ({ i, text: `value ${i}` }))));
    const archive = await bench.write('cancel.zip', zip([{ name: 'a.csv', data: csv(100_000) }]));
    const before = bench.session.tables().length;
    const abort = new AbortController();
    const done = bench.run([big, json, archive], { signal: abort.signal, copyOriginals: true });
    setTimeout(() => abort.abort(), delayMs);
    await expect(done).rejects.toMatchObject({ code: 'cancelled' });
    // whole files may be in already; none is there in part
    for (const table of bench.session.tables().slice(before)) await bench.read(table.id);
    expect(await bench.leftovers()).toEqual([]);
  });

  it('a file that changes while it is read is not imported', async () => {
    const path = await bench.write('moving.csv', csv(300_000));
    const before = bench.session.tables().length;
    let touched = false;
    const done = bench.run([path], {
      onProgress: ({ stage }) => {
        if (touched || stage === undefined || !/^(Reading|Saving)/.test(stage)) return; // a quick machine may tell of nothing before the saving
        touched = true;
        appendFileSync(path, 'one more row,1,late\n'); // at once: an asynchronous write may come after the import's end
      },
    });
    await expect(done).rejects.toMatchObject({ code: 'file.unreadable' });
    expect(bench.session.tables()).toHaveLength(before);
    expect(await bench.leftovers()).toEqual([]);
  });
});

describe('the sample intrusion', () => {
  const samples = join(repo, 'resources/samples');
  it.skipIf(!existsSync(join(samples, 'lantern/manifest.json')))('comes in as its manifest says', async () => {
    const other = await openBench();
    try {
      await importDemo(other.session, samples, { signal: new AbortController().signal, progress: () => undefined }, { pool: other.pool });
      const manifest = JSON.parse(await readFile(join(samples, 'lantern/manifest.json'), 'utf8')) as { files: { demo: boolean; tables: { name: string; rows: number; rejected: number; columns: number; timeColumn: string | null }[] }[] };
      const wanted = manifest.files.filter((file) => file.demo).flatMap((file) => file.tables).map(({ name, rows, rejected, columns, timeColumn }) => ({ name, rows, rejected, columns, timeColumn }));
      const found = other.session.tables().filter((table) => table.kind === 'evidence').map(({ name, rows, rejected, columns, timeColumn }) => ({ name, rows, rejected, columns: columns.length, timeColumn }));
      expect(found).toEqual(wanted);
      expect(other.session.evidence().every((evidence) => evidence.copied)).toBe(true);
    } finally {
      await other.close();
    }
  });
});
