import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evidenceOps, type ImportOptions, type PreviewFile, type PreviewItem } from '../../main/contract/index.ts';
import { createEvidenceHandlers } from '../../main/evidence/index.ts';
import { zip } from '../fixtures/import/archives.ts';
import { nowUs, openBench, testClock, type Bench } from './import-support.ts';

let bench: Bench;
let userDataDir: string;
let handlers: ReturnType<typeof createEvidenceHandlers>;
beforeAll(async () => {
  bench = await openBench();
  userDataDir = await mkdtemp(join(tmpdir(), 'casebench-preview-'));
  handlers = createEvidenceHandlers({
    clock: testClock, pool: bench.pool, dirs: { userDataDir, casesDir: '', samplesDir: '', homeDir: '' },
    currentCase: () => bench.session,
    resolveHandle: (handle) => join(bench.files, handle),
  });
});
afterAll(async () => {
  await bench.close();
  await rm(userDataDir, { recursive: true, force: true });
});

const inspect = async (handle: string, options: Record<string, ImportOptions> = {}): Promise<PreviewFile> =>
  // as it would leave the engine
  evidenceOps['evidence.inspect'].output.parse(await handlers['evidence.inspect']({ handle, options }));
const look = async (name: string, content: string | Uint8Array, options: ImportOptions = {}): Promise<PreviewItem> => {
  await bench.write(name, content);
  const { items, error } = await inspect(name, { '': options });
  expect(error).toBeNull();
  const [item] = items;
  if (item === undefined) throw new Error('no item');
  return item;
};

const signin = (rows: number): string =>
  `\ufeffTimeGenerated,UserPrincipalName,IPAddress,ResultType,Location,AppDisplayName,DeviceDetail\n${Array.from({ length: rows }, (_, i) => (i === 7 ? '—,k.ito@example.com,203.0.113.201,50126,JP,Azure Portal,\n' : `3/11/2026 9:51:37.204 PM,u${i}@example.com,203.0.113.${i % 250},${i % 3 === 0 ? 0 : 50074},SG,Office 365,"{""os"":""Windows11""}"\n`)).join('')}x,y\n`;

describe('a preview', () => {
  it('says what a file is, how it is read and what does not fit', async () => {
    const item = await look('signin-logs.csv', signin(100));
    expect(item).toMatchObject({
      itemId: '', label: 'signin-logs.csv', format: 'csv', recognisedAs: 'SigninLogs', matchedColumns: 7, rememberedUs: null, timeColumn: 'TimeGenerated', error: null,
      options: { format: 'csv', encoding: 'utf-8-bom', delimiter: ',', quote: '"', headerRow: 1, timeColumn: 'TimeGenerated', zone: 'UTC', dateOrder: 'mdy' },
      timeExample: { text: '3/11/2026 9:51:37.204 PM', us: Date.UTC(2026, 2, 11, 21, 51, 37, 204) * 1_000, note: 'month first: day first would be in the future; no zone written: read as UTC' },
      rows: 99, totalRows: 99, totalExact: true, rejected: 2,
    });
    expect(item.confidence).toBeGreaterThan(0.9);
    expect(item.columns.map(({ name, type }) => `${name}:${type}`).join(' ')).toBe('TimeGenerated:datetime UserPrincipalName:string IPAddress:string ResultType:int Location:string AppDisplayName:string DeviceDetail:dynamic');
    expect(item.rejects).toEqual([
      { line: 9, reason: "Time can't be read", text: '—,k.ito@example.com,203.0.113.201,50126,JP,Azure Portal,', alike: 1 },
      { line: 102, reason: 'Too few columns: 2, expected 7', text: 'x,y', alike: 1 },
    ]);
    expect(item.written[0]).toEqual(['3/11/2026 9:51:37.204 PM', 'u0@example.com', '203.0.113.0', '0', 'SG', 'Office 365', '{"os":"Windows11"}']);
    const [time, , , result] = item.parsed;
    expect(time).toMatchObject({ kind: 'number', type: 'datetime' });
    expect(time?.values[0]).toBe(Date.UTC(2026, 2, 11, 21, 51, 37, 204) * 1_000);
    expect(result).toMatchObject({ kind: 'number', type: 'int' });
    expect([...(result?.values ?? [])].slice(0, 3)).toEqual([0, 50_074, 50_074]);
  });

  it('follows changed settings', async () => {
    await bench.write('settings.csv', 'a;b\n03/04/2025 10:00;1\n');
    const changed = await inspect('settings.csv', { '': { delimiter: ';', dateOrder: 'dmy', zone: 'Europe/Paris', types: { b: 'string' } } });
    expect(changed.items[0]).toMatchObject({ timeExample: { us: Date.UTC(2025, 3, 3, 8) * 1_000, note: 'day first: as chosen; no zone written: read as Europe/Paris' }, options: { zone: 'Europe/Paris', dateOrder: 'dmy' } });
    expect(changed.items[0]?.columns[1]?.type).toBe('string');
    expect((await inspect('settings.csv', { '': { headerRow: 0 } })).items[0]).toMatchObject({ rows: 2 });
    expect((await inspect('settings.csv', { '': { format: 'text' } })).items[0]).toMatchObject({ format: 'text', rows: 2 });
    expect((await inspect('settings.csv', { '': { zone: 'Nowhere' } })).items[0]?.error).toMatchObject({ code: 'input.invalid' });
  });

  it('shows the first rows of a large file and estimates the rest', async () => {
    const line = 'some text to fill the row with,1234567,2026-03-01T00:00:00Z\n';
    const rows = Math.ceil((9 * 1_048_576) / line.length);
    const item = await look('large.csv', `t,n,TimeGenerated\n${line.repeat(rows)}`);
    expect(item).toMatchObject({ rows: 200, totalExact: false, rejected: 0 });
    expect(Math.abs(item.totalRows - rows) / rows).toBeLessThan(0.01);
    const json = await look('large.jsonl', `${JSON.stringify({ t: 'x'.repeat(80), n: 1 })}\n`.repeat(90_000));
    expect(json).toMatchObject({ rows: 200, totalExact: false, rejected: 0, rejects: [] });
    expect(Math.abs(json.totalRows - 90_000) / 90_000).toBeLessThan(0.01);
    const array = await look('large.json', JSON.stringify(Array.from({ length: 90_000 }, () => ({ t: 'x'.repeat(80), n: 1 }))));
    expect(array).toMatchObject({ rows: 200, totalExact: false, rejected: 0, format: 'json' });
  });

  it('lists what is in an archive', async () => {
    await bench.write('logs.zip', zip([
      { name: 'a/x.csv', data: 'a,b\n1,2\n' },
      { name: 'y.jsonl', data: '{"n":1}\n{"n":2}\n' },
      { name: 'big.csv', data: `n,t\n${Array.from({ length: 400_000 }, (_, i) => `${i},${(i * 7919) % 1_000_003} and more\n`).join('')}` },
      { name: 'secret.csv', data: 'a,b\n', encrypted: true },
      { name: 'z.pcap', data: Buffer.from('d4c3b2a1020004000000000000000000', 'hex') },
    ]));
    const { items } = await inspect('logs.zip', { 'y.jsonl': { types: { n: 'float' } } });
    expect(items.map(({ itemId, format, totalExact, error }) => [itemId, error === null ? format : error.code, totalExact])).toEqual([
      ['a/x.csv', 'csv', true], ['y.jsonl', 'jsonl', true], ['big.csv', 'csv', false], ['z.pcap', 'import.unsupported', true], ['logs.zip › secret.csv', 'import.unsupported', true],
    ]);
    expect(items[1]?.columns).toMatchObject([{ name: 'n', type: 'float' }]);
    expect(Math.abs((items[2]?.totalRows ?? 0) - 400_000) / 400_000).toBeLessThan(0.05);
    expect(items[2]?.rejected).toBe(0);
  });

  it('looks into a compressed file', async () => {
    expect(await look('x.csv.gz', gzipSync(signin(20)))).toMatchObject({ itemId: '', label: 'x.csv', format: 'csv', rows: 19 });
  });

  it('says what is wrong with a file', async () => {
    await bench.write('empty.csv', '');
    expect((await inspect('empty.csv')).error).toMatchObject({ code: 'import.empty' });
    expect((await inspect('gone.csv')).error).toMatchObject({ code: 'file.unreadable' });
    await bench.write('evil.zip', zip([{ name: '../x', data: 'y' }]));
    expect((await inspect('evil.zip')).error).toMatchObject({ code: 'import.refused' });
  });

  it('carries whole numbers beyond 2^53 as text', async () => {
    const item = await look('long.jsonl', '{"n":9007199254740993}\n{"n":1}\n');
    expect(item.parsed[0]).toMatchObject({ kind: 'text', type: 'int', values: ['9007199254740993', '1'] });
  });
});

it('settings are remembered for files with the same header, and applied to imports from the window', async () => {
  const job = { jobId: 'x', signal: new AbortController().signal, progress: () => undefined };
  await bench.write('first.csv', 'When,kind\n03/04/2025 10:00,a\n');
  await handlers['evidence.import'].run({ files: [{ handle: 'first.csv', items: { '': { dateOrder: 'dmy', types: { kind: 'dynamic' }, tableName: 'Mine' } } }], copyOriginals: false, remember: true }, job);
  await bench.write('second.csv', 'When,kind\n05/06/2025 10:00,b\n');
  const { items } = await inspect('second.csv');
  expect(items[0]).toMatchObject({ rememberedUs: nowUs, options: { dateOrder: 'dmy' }, timeExample: { us: Date.UTC(2025, 5, 5, 10) * 1_000 } });
  expect(items[0]?.options.tableName).toBeUndefined();
  const result = await handlers['evidence.import'].run({ files: [{ handle: 'second.csv', items: {} }], copyOriginals: false, remember: false }, job);
  const imported = await bench.read(result.tables[0]?.tableId ?? '');
  expect(imported.table.fromUs).toBe(Date.UTC(2025, 5, 5, 10) * 1_000);
  expect(imported.table.name).toBe('second');
  expect((await inspect('second.csv', { '': { dateOrder: 'mdy' } })).items[0]).toMatchObject({ timeExample: { us: Date.UTC(2025, 4, 6, 10) * 1_000 } });
  expect(JSON.parse(await readFile(join(userDataDir, 'import-settings.json'), 'utf8'))).toBeTypeOf('object');
});

it('jobs are called after what they import', () => {
  expect(handlers['evidence.import'].label({ files: [{ handle: 'a.csv', items: {} }], copyOriginals: false, remember: false })).toBe('Importing a.csv');
  expect(handlers['evidence.import'].label({ files: [{ handle: 'a.csv', items: {} }, { handle: 'b.csv', items: {} }], copyOriginals: false, remember: false })).toBe('Importing 2 files');
});
