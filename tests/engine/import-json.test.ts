import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { columnOf, openBench, typesOf, type Bench } from './import-support.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const lines = (...records: unknown[]): string => records.map((record) => `${typeof record === 'string' ? record : JSON.stringify(record)}\n`).join('');

describe('JSON lines', () => {
  it('takes the union of keys and keeps nested values as JSON', async () => {
    const imported = await bench.one('a.log', lines({ n: 1, user: { name: 'x', roles: ['a'] } }, { n: 2, extra: true }, { n: 3, user: null, list: [1, 2] }));
    expect(typesOf(imported)).toBe('n:int user:dynamic extra:bool list:dynamic');
    expect(columnOf(imported, 'user')).toEqual(['{"name":"x","roles":["a"]}', null, null]);
    expect(columnOf(imported, 'list')).toEqual([null, null, '[1,2]']);
  });

  it('keeps whole numbers exact to 64 bits, and larger ones as their digits', async () => {
    const imported = await bench.one('int.jsonl', lines('{"a":9007199254740993,"b":-9223372036854775808,"c":18446744073709551615,"d":9223372036854775807,"e":1}', '{"a":1,"b":1,"c":1,"d":1,"e":1.5}'));
    expect(typesOf(imported)).toBe('a:int b:int c:string d:int e:float');
    expect(imported.rows[0]).toMatchObject({ a: '9007199254740993', b: '-9223372036854775808', c: '18446744073709551615', d: '9223372036854775807', e: 1 });
  });

  it('tells keys apart that differ only in case', async () => {
    const imported = await bench.one('twins.jsonl', lines({ host: 'a', Host: 'b', HOST: 1, n: 1 }, { Host: 'c', n: 2, '': 'empty', 'a"b/c~d': 5 }, { HOST: 3, host: { deep: true } }));
    expect(imported.table.columns.map(({ name, type }) => `${name}:${type}`)).toEqual(['host:dynamic', 'Host:string', 'HOST:int', 'n:int', ':string', 'a"b/c~d:int']);
    expect(imported.rows.map((row) => [row['host'], row['Host~2'], row['HOST~3'], row['n'], row['a"b/c~d']])).toEqual([
      ['"a"', 'b', '1', '1', null],
      [null, 'c', null, '2', '5'],
      ['{"deep":true}', null, '3', null, null],
    ]);
  });

  it('does not guess: text stays text, mixtures become text or JSON', async () => {
    const imported = await bench.one('mix.jsonl', lines({ s: '42', m: 1, d: 1, b: true, e: '' }, { s: '007', m: 'x', d: { a: 1 }, b: 'yes', e: '' }));
    expect(typesOf(imported)).toBe('s:string m:string d:dynamic b:string e:string');
    expect(columnOf(imported, 'm')).toEqual(['1', 'x']);
    expect(columnOf(imported, 'd')).toEqual(['1', '{"a":1}']);
    expect(columnOf(imported, 'e')).toEqual(['', '']);
  });

  it('sets lines aside that are no records', async () => {
    const imported = await bench.one('bad.jsonl', lines({ a: 1 }, '{"a":2', '', 'not json', '[1,2]', '{"a":4} {"a":5}', { a: 6 }) + '{"a":7,"b":"cut o');
    expect(columnOf(imported, 'a')).toEqual(['1', '6']);
    expect(imported.rejects.map(({ line, text }) => [line, text])).toEqual([[2, '{"a":2'], [4, 'not json'], [5, '[1,2]'], [6, '{"a":4} {"a":5}'], [8, '{"a":7,"b":"cut o']]);
    expect(imported.rejects[2]?.reason).toBe('Not a JSON object');
    expect(imported.rejects[4]?.reason).toBe('File ends inside a record');
  });

  it('reads what DuckDB alone would refuse: repeated keys, half characters, NaN, NUL', async () => {
    const imported = await bench.one('odd.jsonl', lines('{"a":1,"a":2,"big":12345678901234567890123}', '{"a":3,"s":"\\ud800x","n":NaN,"t":"NaN, \\"Infinity\\""}', '{"a":4,"s":"a\\u0000b"}'));
    expect(columnOf(imported, 'a')).toEqual(['2', '3', '4']);
    expect(columnOf(imported, 'big')).toEqual(['12345678901234567890123', null, null]);
    expect(columnOf(imported, 's')).toEqual([null, '\ufffdx', 'a\u0000b']);
    expect(columnOf(imported, 't')[1]).toBe('NaN, "Infinity"');
    expect(imported.table.warnings.join()).toMatch(/1 record was mended/);
  });

  it('is not harmed by keys of the prototype', async () => {
    const imported = await bench.one('proto.jsonl', lines('{"__proto__":{"polluted":1},"constructor":"x","toString":1}', '{"__proto__":2}'));
    expect(typesOf(imported)).toBe('__proto__:dynamic constructor:string toString:int');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('keeps records whole when they have too many different keys', async () => {
    const imported = await bench.one('wide.jsonl', lines(...Array.from({ length: 40 }, (_, i) => Object.fromEntries(Array.from({ length: 100 }, (_unused, k) => [`k${i}_${k}`, k])))));
    expect(typesOf(imported)).toBe('record:dynamic');
    expect(imported.table.rows).toBe(40);
  });

  it.each(['utf16le', 'latin1'] as const)('reads %s', async (node) => {
    const text = lines({ name: 'Müller', n: 1 }, { name: 'x', n: 2 });
    const imported = await bench.one(`${node}.jsonl`, Buffer.from(node === 'utf16le' ? `\ufeff${text}` : text, node));
    expect(columnOf(imported, 'name')).toEqual(['Müller', 'x']);
  });

  it('recognises text that is JSON, and times, inside strings', async () => {
    const imported = await bench.one('str.jsonl', lines({ TimeGenerated: '2026-03-01T00:00:00.1234567Z', props: '{"a":1}', epochTime: 1772323200000 }, { TimeGenerated: '2026-03-01T01:00:00+01:00', props: '', epochTime: 1772323200001 }));
    expect(typesOf(imported)).toBe('TimeGenerated:datetime props:dynamic epochTime:datetime');
    expect(columnOf(imported, 'TimeGenerated')).toEqual(['2026-03-01 00:00:00.123456', '2026-03-01 00:00:00']);
    expect(columnOf(imported, 'TimeGenerated~text')).toEqual(['2026-03-01T00:00:00.1234567Z', '2026-03-01T01:00:00+01:00']);
    expect(columnOf(imported, 'epochTime~text')).toEqual(['1772323200000', '1772323200001']);
  });
});

describe('documents', () => {
  it('reads an array, pretty or not, and sets aside what is no record', async () => {
    const imported = await bench.one('array.json', JSON.stringify([{ a: 1, s: 'x\ny' }, 5, { a: 2 }, 'text', { a: 3 }], null, 2));
    expect(columnOf(imported, 'a')).toEqual(['1', '2', '3']);
    expect(columnOf(imported, 's')[0]).toBe('x\ny');
    expect(imported.rejects).toEqual([{ line: 2, reason: 'Not a JSON object', text: '5' }, { line: 4, reason: 'Not a JSON object', text: '"text"' }]);
  });

  it.each(['value', 'Events', 'records'])('finds the records in an object with "%s"', async (key) => {
    const imported = await bench.one('wrapped.json', JSON.stringify({ '@odata.context': 'x', [key]: [{ id: 1 }, { id: 2 }] }, null, 1));
    expect(columnOf(imported, 'id')).toEqual(['1', '2']);
    expect(imported.table.warnings.join()).toMatch(/"@odata.context"/);
  });

  it('reads answers of Log Analytics with the types they state', async () => {
    const imported = await bench.one('la.json', JSON.stringify({ tables: [{ name: 'PrimaryResult', columns: [{ name: 'TimeGenerated', type: 'datetime' }, { name: 'Id', type: 'string' }, { name: 'N', type: 'long' }, { name: 'D', type: 'dynamic' }], rows: [['2026-03-01T00:00:00Z', '2026-03-01', 5, '{"a":1}'], ['2026-03-01T00:00:01Z', '7', null, '']] }] }));
    expect(typesOf(imported)).toBe('TimeGenerated:datetime Id:string N:int D:dynamic');
    expect(columnOf(imported, 'D')).toEqual(['{"a":1}', null]);
  });

  it('reads answers of Kusto', async () => {
    const frames = [{ FrameType: 'DataSetHeader' }, { FrameType: 'DataTable', TableKind: 'QueryProperties', TableName: 'x', Columns: [], Rows: [] }, { FrameType: 'DataTable', TableKind: 'PrimaryResult', TableName: 'PrimaryResult', Columns: [{ ColumnName: 'a', ColumnType: 'long' }], Rows: [[1], [2]] }];
    expect(columnOf(await bench.one('kusto.json', JSON.stringify(frames)), 'a')).toEqual(['1', '2']);
  });

  it('reads records that follow each other over several lines', async () => {
    const imported = await bench.one('pretty.json', [{ a: 1, list: [{ x: 1 }] }, { a: 2 }].map((record) => JSON.stringify(record, null, 2)).join('\n'));
    expect(columnOf(imported, 'a')).toEqual(['1', '2']);
  });

  it('reads what can be read of an array that is cut off', async () => {
    const imported = await bench.one('cut.json', '[{"a":1},\n{"a":2},\n{"a":');
    expect(columnOf(imported, 'a')).toEqual(['1', '2']);
    expect(imported.rejects).toEqual([{ line: 3, reason: 'File ends inside a record', text: '{"a":' }]);
  });

  it('reads frames as pandas writes them', async () => {
    expect(columnOf(await bench.one('columns.json', '{"a":{"0":1,"1":2},"b":{"0":"x","1":"y"}}'), 'b')).toEqual(['x', 'y']);
    expect(columnOf(await bench.one('split.json', '{"columns":["a","b"],"index":[0,1],"data":[[1,"x"],[2,"y"]]}'), 'b')).toEqual(['x', 'y']);
  });

  it('makes one table of each list in an object of lists', async () => {
    const path = await bench.write('lists.json', JSON.stringify({ users: [{ u: 1 }], hosts: [{ h: 1 }, { h: 2 }] }));
    const result = await bench.run([path]);
    expect(result.tables.map(({ name, rows, source }) => [name, rows, source])).toEqual([['users', 1, 'lists.json › users'], ['hosts', 2, 'lists.json › hosts']]);
  });

  it('says what is wrong with text that only begins like JSON', async () => {
    const imported = await bench.one('log.json', '[INFO] started\n[WARN] stopped\n');
    expect(typesOf(imported)).toBe('line:int text:string');
    expect(columnOf(imported, 'text')).toEqual(['[INFO] started', '[WARN] stopped']);
  });
});

describe('limits', () => {
  it('a single line far larger than a record may be is an error, with bounded memory', async () => {
    // one record of 70 MB, in one line
    const piece = `"${'x'.repeat(1 << 20)}",`;
    const error = await bench.failure('huge.json', Buffer.concat([Buffer.from('{"list":[['), ...Array.from({ length: 70 }, () => Buffer.from(piece)), Buffer.from('1]]}')]));
    expect(error.code).toBe('import.malformed');
  });

  it('a record larger than one may be is set aside', async () => {
    const imported = await bench.one('large.json', Buffer.concat([Buffer.from('[{"a":1},{"a":"'), Buffer.alloc(66 * 1_048_576, 120), Buffer.from('"},{"a":2}]')]));
    expect(imported.table.rows).toBe(2);
    expect(imported.rejects).toMatchObject([{ line: 2, reason: 'Record is longer than 64 MB' }]);
  });

  it.each([['[]', 'import.empty'], ['{"value":[]}', null], ['[{}]', null], ['{}\n{}\n', null]])('%j is no reason to fail oddly', async (text, code) => {
    if (code !== null) expect((await bench.failure('none.json', text)).code).toBe(code);
    else expect((await bench.one('none.json', text)).table.rows).toBeGreaterThan(0);
  });

  it('deep nesting is set aside', async () => {
    const imported = await bench.one('deep.jsonl', lines({ a: 1 }, `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, { a: 2 }));
    expect(imported.table.rows).toBe(2);
    expect(imported.rejects[0]?.reason).toBe('Nested deeper than 400 levels');
  });
});
