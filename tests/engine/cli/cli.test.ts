import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { helpMarkdown } from '../../../main/cli/help.ts';
import { verbs } from '../../../main/cli/verbs.ts';
import { temporaryFolder } from '../case-fixture.ts';
import { cliIn } from './cli-fixture.ts';

const { folder, remove } = temporaryFolder();
const run = cliIn(folder);
const json = async (...args: string[]): Promise<unknown> => {
  const { code, out, err } = await run(...args);
  expect(code, err).toBe(0);
  return JSON.parse(out);
};

const csv = `TimeGenerated,EventID,Account,Message
2026-03-11T22:00:00.000Z,4688,CORP\\j.novak,=start
2026-03-11T22:00:30.482013Z,4688,CORP\\j.novak,"two, ""quoted"""
2026-03-11T22:01:00Z,4625,CORP\\svc-backup,http://evil.example/a
2026-03-11T22:05:00Z,4624,SYSTEM,
`;

beforeAll(async () => {
  writeFileSync(path.join(folder, 'events.csv'), csv);
  writeFileSync(path.join(folder, 'more.jsonl'), '{"when":"2026-03-11T22:00:00Z","n":1,"extra":{"a":[1,2]}}\n{"when":"2026-03-11T23:00:00Z","n":9223372036854775807,"extra":null}\n');
  await run('case', 'new', 'L.case');
});
afterAll(remove);

describe('from evidence to answers', () => {
  it('imports, and says what came of it', async () => {
    const answer = await json('import', 'L.case', 'events.csv', 'more.jsonl', '--json');
    expect(answer).toEqual({
      tables: [
        {
          name: 'events', rows: 4, rejected: 0, source: 'events.csv', sha256: createHash('sha256').update(csv).digest('hex'),
          columns: [{ name: 'TimeGenerated', type: 'datetime' }, { name: 'EventID', type: 'int' }, { name: 'Account', type: 'string' }, { name: 'Message', type: 'string' }],
        },
        expect.objectContaining({ name: 'more', rows: 2, columns: [{ name: 'when', type: 'datetime' }, { name: 'n', type: 'int' }, { name: 'extra', type: 'dynamic' }] }),
      ],
      failed: [],
    });
  });
  it('lists tables in the schema shape', async () => {
    expect(await json('tables', 'L.case', '--json')).toEqual({
      tables: [
        { name: 'events', rows: 4, rejected: 0, kind: 'evidence', timeColumn: 'TimeGenerated', columns: expect.arrayContaining([{ name: 'EventID', type: 'int' }]) as unknown },
        expect.objectContaining({ name: 'more', rows: 2 }),
      ],
    });
    expect((await run('tables', 'L.case')).out).toMatch(/^table +rows +rejected +time column +columns\nevents +4 +0 +TimeGenerated +TimeGenerated datetime/);
  });
  it('prints rows exactly, in the order of the evidence', async () => {
    expect(await json('rows', 'L.case', 'events', '--json')).toEqual([
      { TimeGenerated: '2026-03-11T22:00:00Z', EventID: 4688, Account: 'CORP\\j.novak', Message: '=start' },
      { TimeGenerated: '2026-03-11T22:00:30.482013Z', EventID: 4688, Account: 'CORP\\j.novak', Message: 'two, "quoted"' },
      { TimeGenerated: '2026-03-11T22:01:00Z', EventID: 4625, Account: 'CORP\\svc-backup', Message: 'http://evil.example/a' },
      expect.objectContaining({ EventID: 4624 }),
    ]);
    const { out } = await run('rows', 'L.case', 'more', '--columns', 'n,extra');
    expect(out).toBe('[\n  {"n":1,"extra":{"a":[1,2]}},\n  {"n":9223372036854775807,"extra":null}\n]\n');
  });
  it('filters, limits and says what was left out', async () => {
    const { code, out, err } = await run('rows', 'L.case', 'EVENTS', '--where', 'EventID = 4688', '--limit', '1', '--format', 'csv', '--columns', 'EventID,Message');
    expect({ code, out }).toEqual({ code: 0, out: 'EventID,Message\n4688,=start\n' });
    expect(err).toBe('1 of 2 rows printed. Use --limit all for the rest.\n');
    expect(await json('rows', 'L.case', 'events', '--where', 'false')).toEqual([]);
    expect(await json('rows', 'L.case', 'events', '--offset', '3', '--columns', 'EventID')).toEqual([{ EventID: 4624 }]);
  });
  it('answers SQL', async () => {
    expect(await json('sql', 'L.case', 'SELECT Account, count(*) AS n, max(TimeGenerated) AS last FROM events GROUP BY ALL ORDER BY n DESC, Account LIMIT 2', '--json')).toEqual([
      { Account: 'CORP\\j.novak', n: 2, last: '2026-03-11T22:00:30.482013Z' }, { Account: 'CORP\\svc-backup', n: 1, last: '2026-03-11T22:01:00Z' },
    ]);
    const cut = await run('sql', 'L.case', 'SELECT * FROM range(5)', '--limit', '2', '--format', 'csv');
    expect([cut.out, cut.err]).toEqual(['range\n0\n1\n', 'Cut at 2 rows; at least one more exists. Use --limit all for the rest.\n']);
  });
  it('counts over time', async () => {
    expect(await json('timeline', 'L.case', 'events', '--bins', '6', '--by', 'EventID', '--json')).toMatchObject({
      table: 'events', timeColumn: 'TimeGenerated', from: '2026-03-11T22:00:00Z', to: '2026-03-11T22:06:00Z', bucketUs: 60_000_000, bins: 6, total: 4, noTime: 0,
      lanes: [{ key: 4688, total: 2, counts: [2, 0, 0, 0, 0, 0] }, { key: 4624, total: 1 }, { key: 4625, total: 1 }], hidden: { lanes: 0, events: 0 },
    });
    expect((await run('timeline', 'L.case', 'events', '--bins', '3')).out).toMatch(/^from +rows\n2026-03-11T22:00:00Z +3\n/);
  });
  it('exports, neutralised unless raw, and never over a file by accident', async () => {
    expect(await json('export', 'L.case', 'events', 'out.csv', '--where', "Message = '=start'", '--columns', 'Message', '--json')).toMatchObject({ rows: 1, formulasNeutralised: true, neutralised: 1, file: path.join(folder, 'out.csv') });
    expect(readFileSync(path.join(folder, 'out.csv'), 'utf8')).toBe("Message\r\n'=start\r\n");
    const again = await run('export', 'L.case', 'events', 'out.csv', '--json');
    expect([again.code, JSON.parse(again.out)]).toEqual([1, expect.objectContaining({ code: 'file.unwritable' })]);
    await json('export', 'L.case', 'events', 'out.csv', '--raw', '--force', '--columns', 'Message', '--json');
    expect(readFileSync(path.join(folder, 'out.csv'), 'utf8')).toContain('\r\n=start\r\n');
    for (const name of ['out.parquet', 'out.jsonl', 'out.tsv']) expect((await run('export', 'L.case', 'events', name)).code).toBe(0);
    expect(readdirSync(folder).filter((f) => f.endsWith('.part'))).toEqual([]);
  });
  it('tells what is in the case, and verifies it', async () => {
    expect(await json('case', 'info', 'L.case', '--json')).toMatchObject({ name: 'L', evidence: [{ name: 'events.csv', rows: 4 }, { name: 'more.jsonl' }], tables: [{ name: 'events' }, { name: 'more' }] });
    expect(await json('case', 'verify', 'L.case', '--json')).toMatchObject({ ok: true, tablesChecked: 2 });
  });
  it('fails when a byte was changed', async () => {
    const tables = path.join(folder, 'L.case', 'tables');
    const [first = ''] = readdirSync(tables);
    const file = path.join(tables, first);
    const bytes = readFileSync(file);
    const changed = Buffer.from(bytes);
    changed[20] = (changed[20] ?? 0) ^ 1;
    writeFileSync(file, changed);
    const { code, out } = await run('case', 'verify', 'L.case', '--json');
    expect([code, JSON.parse(out)]).toEqual([1, expect.objectContaining({ ok: false, findings: [expect.objectContaining({ kind: 'table', problem: 'changed' })] })]);
    writeFileSync(file, bytes);
  });
});

describe('what goes wrong', () => {
  it.each([
    [['sql', 'L.case', "SELECT * FROM read_text('/etc/passwd')"], 1, 'sql.refused'],
    [['sql', 'L.case', 'SELECT nope FROM events'], 1, 'sql.failed'],
    [['sql', 'L.case', 'DROP TABLE events'], 1, 'sql.refused'],
    [['rows', 'L.case', 'events', '--where', '1=1) UNION (SELECT 1'], 1, 'sql.refused'],
    [['rows', 'L.case', 'events', '--where', "EventID = (SELECT count(*) FROM '/etc/passwd')"], 1, 'sql.refused'],
    [['rows', 'L.case', 'nope'], 1, 'notFound'],
    [['rows', 'L.case', 'events', '--columns', 'nope'], 1, 'filter.invalid'],
    [['tables', 'none.case'], 1, 'case.unreachable'],
    [['case', 'new', 'L.case'], 1, 'case.exists'],
    [['import', 'L.case', 'none.csv'], 1, 'file.unreadable'],
    [['timeline', 'L.case', 'events', '--time', 'Account'], 1, 'filter.invalid'],
    [['rows', 'L.case', 'events', '--limit', '-1'], 2, 'input.invalid'],
    [['rows', 'L.case', 'events', '--format', 'xml'], 2, 'input.invalid'],
    [['rows', 'L.case'], 2, 'input.invalid'],
    [['rows', 'L.case', 'a', 'b'], 2, 'input.invalid'],
    [['rows', 'L.case', 'events', '--nope'], 2, 'input.invalid'],
    [['case'], 2, 'input.invalid'],
    [['frobnicate'], 2, 'input.invalid'],
    [['export', 'L.case', 'events', 'x.docx'], 2, 'input.invalid'],
    [['timeline', 'L.case', 'events', '--from', 'yesterday', '--to', '2026-03-11'], 2, 'input.invalid'],
  ])('%j exits with %d and %s', async (args, code, errorCode) => {
    const asJson = await run(...args, '--json');
    const document = JSON.parse(asJson.out) as Record<string, unknown>;
    expect([asJson.code, Object.keys(document), document['code']]).toEqual([code, ['code', 'message', 'detail'], errorCode]);
    const plain = await run(...args);
    expect([plain.code, plain.out]).toEqual([code, '']);
    expect(plain.err).toContain(String(document['message']));
  });
  it('imports what it can and exits with 1', async () => {
    writeFileSync(path.join(folder, 'empty.csv'), '');
    const { code, out } = await run('import', 'L.case', 'empty.csv', 'events.csv', '--json');
    expect([code, JSON.parse(out)]).toEqual([1, {
      tables: [expect.objectContaining({ rows: 4 })],
      failed: [{ source: 'empty.csv', error: { code: expect.any(String) as unknown, message: expect.any(String) as unknown, detail: null } }],
    }]);
  });
});

describe('help', () => {
  it('explains every command', async () => {
    const { code, out } = await run('--help');
    expect(code).toBe(0);
    for (const verb of verbs) {
      expect(out).toContain(`  ${verb.name} ${verb.usage}`);
      const help = await run(...verb.name.split(' '), '--help');
      expect(help.code).toBe(0);
      for (const option of Object.keys(verb.options)) expect(help.out).toContain(`--${option}`);
    }
  });
  it('is what docs/cli.md says', () => {
    const file = path.join(import.meta.dirname, '../../../docs/cli.md');
    expect(existsSync(file)).toBe(true);
    expect(readFileSync(file, 'utf8')).toBe(helpMarkdown(verbs));
  });
  it('is shown for nothing at all, as an error', async () => {
    const { code, out, err } = await run();
    expect([code, out, err.startsWith('casebench <command>')]).toEqual([2, '', true]);
  });
});
