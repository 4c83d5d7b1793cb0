import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { columnOf, openBench, typesOf, type Bench } from './import-support.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

describe('dialects', () => {
  it.each([
    [',', 'comma'],
    [';', 'semicolon'],
    ['\t', 'tab'],
    ['|', 'pipe'],
  ])('reads fields separated by %j whatever the name says', async (delimiter) => {
    const text = ['EventID,Account,Computer', '4624,alice,ws-1', '4625,bob,ws-2'].join('\n').replaceAll(',', delimiter);
    const imported = await bench.one('evidence.txt', `${text}\n`);
    expect(typesOf(imported)).toBe('EventID:int Account:string Computer:string');
    expect(columnOf(imported, 'Account')).toEqual(['alice', 'bob']);
    expect(imported.table.columns.every((column) => column.role === null)).toBe(true);
  });

  it.each([
    ['utf-8 with mark', Buffer.from('\ufeffname,n\nMüller,1\nŁódź,2\n', 'utf8')],
    ['utf-16le with mark', Buffer.from('\ufeffname,n\nMüller,1\nŁódź,2\n', 'utf16le')],
    ['utf-16le without mark', Buffer.from('name,n\nMüller,1\nŁódź,2\n', 'utf16le')],
    ['utf-16be with mark', Buffer.from('\ufeffname,n\nMüller,1\nŁódź,2\n', 'utf16le').swap16()],
  ])('reads %s', async (_label, bytes) => {
    const imported = await bench.one('enc.csv', bytes);
    expect(typesOf(imported)).toBe('name:string n:int');
    expect(columnOf(imported, 'name')).toEqual(['Müller', 'Łódź']);
  });

  it('reads Latin-1, and single lines of it inside UTF-8', async () => {
    const latin = await bench.one('latin.csv', Buffer.from('name,n\nMüller,1\nÅse €,2\n'.replace('€', '\x80'), 'latin1'));
    expect(columnOf(latin, 'name')).toEqual(['Müller', 'Åse €']);
    const padding = Array.from({ length: 80_000 }, (_, i) => `Łódź,${i}`).join('\n');
    const mixed = await bench.one('mixed.csv', Buffer.concat([Buffer.from(`name,n\n${padding}\n`), Buffer.from('Müller,80000\n', 'latin1')]));
    expect(mixed.table.rows).toBe(80_001);
    expect(mixed.rows.at(-1)).toMatchObject({ name: 'Müller', n: '80000' });
    expect(mixed.table.warnings.join()).toMatch(/1 row is not UTF-8/);
  });

  it('keeps line breaks, delimiters and doubled quotes inside quotes', async () => {
    const imported = await bench.one('q.csv', 'a,b\n"x\ny","1,5"\n"he said ""hi""",2\n"crlf\r\ninside",3\n');
    expect(columnOf(imported, 'a')).toEqual(['x\ny', 'he said "hi"', 'crlf\r\ninside']);
    expect(columnOf(imported, 'b')).toEqual(['1,5', '2', '3']);
  });

  it('reads mixed line ends', async () => {
    const imported = await bench.one('ends.csv', 'a,b\r\n1,2\n3,4\r5,6\r\n');
    expect(columnOf(imported, 'a')).toEqual(['1', '3', '5']);
  });

  it('reads backslash escapes', async () => {
    const imported = await bench.one('bs.csv', 'a,b\n"say \\"hi\\"",1\n"x",2\n"C:\\\\Temp",3\n');
    expect(columnOf(imported, 'a')).toEqual(['say "hi"', 'x', 'C:\\Temp']);
  });

  it('leaves lines before the header out and says so', async () => {
    const imported = await bench.one('pre.csv', 'sep=;\na;b\n1;2\n');
    expect(typesOf(imported)).toBe('a:int b:int');
    const report = await bench.one('report.csv', 'Report of 12 March\n\nname,count,size\nx,1,2\ny,2,3\nz,3,4\n');
    expect(typesOf(report)).toBe('name:string count:int size:int');
    expect(report.table.rows).toBe(3);
    expect(report.table.warnings.join()).toMatch(/2 lines before the header are left out/);
  });

  it('reads a file without a header when told, and finds that out itself when it is plain', async () => {
    const found = await bench.one('nohead.csv', '1,10.0.0.1,2026-03-01T00:00:00Z\n2,10.0.0.2,2026-03-01T00:00:01Z\n');
    expect(found.table.rows).toBe(2);
    expect(typesOf(found)).toBe('Column 1:int Column 2:string Column 3:datetime');
    const told = await bench.one('told.csv', 'a,b\nc,d\n', { headerRow: 0 });
    expect(told.table.rows).toBe(2);
  });
});

describe('headers', () => {
  it('tells empty and repeated names apart as pandas does', async () => {
    const imported = await bench.one('h.csv', 'a,a,,b,a.1,a\n1,2,3,4,5,6\n');
    expect(imported.table.columns.map((column) => column.name)).toEqual(['a', 'a.2', 'Unnamed: 2', 'b', 'a.1', 'a.3']);
  });

  it('keeps names that differ only in case, with different names in the file', async () => {
    const imported = await bench.one('case.csv', 'Host,host,HOST\n1,2,3\n');
    expect(imported.table.columns.map((column) => column.name)).toEqual(['Host', 'host', 'HOST']);
    expect(new Set(imported.table.columns.map((column) => column.physical.toLowerCase())).size).toBe(3);
    expect(imported.rows[0]).toMatchObject({ Host: '1', 'host~2': '2', 'HOST~3': '3' });
  });

  it('keeps a saved index as a column with that role', async () => {
    const imported = await bench.one('idx.csv', ',name\n0,x\n5,y\n');
    expect(imported.table.columns.map(({ name, role }) => [name, role])).toEqual([['Unnamed: 0', 'index'], ['name', null]]);
  });

  it('survives a column called _rid', async () => {
    const imported = await bench.one('rid.csv', '_rid,x\n7,a\n');
    expect(imported.table.columns.map((column) => column.name)).toEqual(['_rid', 'x']);
    expect(imported.rows[0]).toMatchObject({ _rid: '0', '_rid~2': '7' });
  });

  it('keeps names that are hard to quote', async () => {
    const imported = await bench.one('odd.csv', '"a ""b""",\'c\',"d;e\\","__proto__",constructor\n1,2,3,4,5\n');
    expect(imported.table.columns.map((column) => column.name)).toEqual(['a "b"', "'c'", 'd;e\\', '__proto__', 'constructor']);
    expect(imported.rows[0]?.['a "b"']).toBe('1');
  });
});

describe('types', () => {
  it('keeps texts that only look like numbers', async () => {
    const imported = await bench.one('t.csv', [
      'zero,long,hex,guid,version,phone,plain,ratio,flag',
      '007,12345678901234567890,0x1F,802d39e1-9d70-404d-832c-2de5e2478eda,1.2.3,+15551234567,42,0.5,true',
      '012,12345678901234567891,0x2A,802d39e1-9d70-404d-832c-2de5e2478edb,1.10.0,+15551234568,-7,1e-3,FALSE',
    ].join('\n'));
    expect(typesOf(imported)).toBe('zero:string long:string hex:string guid:string version:string phone:string plain:int ratio:float flag:bool');
    expect(imported.rows[0]).toMatchObject({ zero: '007', long: '12345678901234567890', plain: '42', ratio: 0.5, flag: true });
  });

  it.each([
    ['007', 'string', '007'],
    ['1.5', 'float', 1.5],
    ['0x1F', 'string', '0x1F'],
    ['1e3', 'float', 1000],
    ['+9', 'float', 9],
    ['9223372036854775808', 'float', 9223372036854775808],
    ['abc', 'string', 'abc'],
    ['1_000', 'string', '1_000'],
  ])('widens a column of whole numbers for one late %s', async (late, type, value) => {
    const rows = Array.from({ length: 60_000 }, (_, i) => `${i},some text to make the file longer than its samples`);
    rows[40_000] = `${late},x`;
    const imported = await bench.one('late.csv', `n,t\n${rows.join('\n')}\n`);
    expect(imported.table.columns[0]).toMatchObject({ name: 'n', type });
    expect(imported.rows[40_000]?.['n']).toEqual(value);
    expect(imported.table.rejected).toBe(0);
    expect(imported.table.rows).toBe(60_000);
  });

  it('reads words for nothing as nothing in columns of numbers, and says so', async () => {
    const imported = await bench.one('nan.csv', 'n,f,b,s\n1,0.5,true,null\nnull,NaN,None,NaN\n,,,\n3,1.5,false,x\n');
    expect(typesOf(imported)).toBe('n:int f:float b:bool s:string');
    expect(columnOf(imported, 'n')).toEqual(['1', null, null, '3']);
    expect(columnOf(imported, 'f')).toEqual([0.5, null, null, 1.5]);
    expect(columnOf(imported, 's')).toEqual(['null', 'NaN', null, 'x']);
    expect(imported.table.warnings.join()).toMatch(/n: 1 value such as "null"/);
  });

  it('keeps JSON as dynamic when nearly all of a column is', async () => {
    const rows = Array.from({ length: 100 }, (_, i) => `${i},"{""os"":""Windows ${i}""}"`);
    rows[50] = '50,oops';
    const imported = await bench.one('dyn.csv', `n,d\n${rows.join('\n')}\n`);
    expect(typesOf(imported)).toBe('n:int d:dynamic');
    expect(imported.rows[0]?.['d']).toBe('{"os":"Windows 0"}');
    expect(imported.rows[50]?.['d']).toBe('"oops"');
  });

  it('obeys types the analyst chose and sets aside what does not fit', async () => {
    const imported = await bench.one('forced.csv', 'id,n\n001,1\n002,x\n003,3\n', { types: { id: 'string', n: 'int' } });
    expect(columnOf(imported, 'id')).toEqual(['001', '003']);
    expect(imported.rejects).toEqual([{ line: 3, reason: 'n is not a whole number', text: '002,x' }]);
  });

  it('reads numbers of spreadsheets with blanks around', async () => {
    const imported = await bench.one('blank.csv', 'a, n\nx, 1\ny, 22\n');
    expect(imported.table.columns[1]?.type).toBe('int');
  });
});

describe('rows that cannot be read', () => {
  it('sets records of another width aside, with line and reason', async () => {
    const imported = await bench.one('ragged.csv', 'a,b,c\n1,2,3\n4,5\n"x\ny",7,8\n9,10,11,12\n13,14,15\n');
    expect(imported.table.rows).toBe(3);
    expect(imported.rejects).toEqual([
      { line: 3, reason: 'Too few columns: 2, expected 3', text: '4,5' },
      { line: 6, reason: 'Too many columns: 4, expected 3', text: '9,10,11,12' },
    ]);
  });

  it('gives the line of a stray quote and loses nothing after it', async () => {
    const imported = await bench.one('stray.csv', 'a,b,c\n1,x,1\n2,"open,2\n3,"z",3\n4,"un"quoted",4\n5,"un"closed,5\n6,y,6\n7,"never closed');
    expect(columnOf(imported, 'a')).toEqual(['1', '3', '4', '6']);
    expect(imported.rows[2]?.['b']).toBe('un"quoted');
    expect(imported.rejects).toEqual([
      { line: 3, reason: 'Text follows a closing quote', text: '2,"open,2' },
      { line: 6, reason: 'Text follows a closing quote', text: '5,"un"closed,5' },
      { line: 8, reason: 'File ends inside a quoted field', text: '7,"never closed' },
    ]);
  });

  it('sets rows aside whose time cannot be read, with their line', async () => {
    const rows = Array.from({ length: 200 }, (_, i) => `2026-03-01T00:00:${String(i % 60).padStart(2, '0')}Z,"user\n${i}"`);
    rows[100] = '—,bad';
    rows[150] = 'yesterday,"worse"';
    const imported = await bench.one('when.csv', `TimeGenerated,User\n${rows.join('\n')}\n`);
    expect(imported.table.timeColumn).toBe('TimeGenerated');
    expect(imported.rejects).toEqual([
      { line: 202, reason: "Time can't be read", text: '—,bad' },
      { line: 301, reason: "Time can't be read", text: 'yesterday,"worse"' },
    ]);
    expect(imported.table.rows + imported.table.rejected).toBe(200);
  });

  it('keeps the column as text when many times cannot be read', async () => {
    const rows = Array.from({ length: 100 }, (_, i) => (i % 3 === 0 ? `soon ${i},x` : '2026-03-01T00:00:00Z,x'));
    const imported = await bench.one('many.csv', `When,x\n${rows.join('\n')}\n`);
    expect(imported.table.columns[0]?.type).toBe('string');
    expect(imported.table.rejected).toBe(0);
  });

  it('fills short records up when the file habitually leaves trailing values out', async () => {
    const rows = Array.from({ length: 100 }, (_, i) => (i % 2 === 0 ? `${i},a,b,c` : `${i},a`));
    const imported = await bench.one('short.csv', `n,p,q,r\n${rows.join('\n')}\n`);
    expect(imported.table.rows).toBe(100);
    expect(imported.rows[1]).toMatchObject({ n: '1', p: 'a', q: null, r: null });
    expect(imported.table.warnings.join()).toMatch(/50 rows have fewer than 4 values/);
  });

  it('counts what is set aside in large files, too', async () => {
    const rows = Array.from({ length: 300_000 }, (_, i) => `${i},value ${i},${i % 7}`);
    for (const at of [10, 150_000, 299_999]) rows[at] = `${at},broken`;
    rows[200_000] = '1,2,3,4,5';
    const imported = await bench.one('large.csv', `n,t,m\n${rows.join('\n')}\n`);
    expect(imported.table.rows + imported.table.rejected).toBe(300_000);
    expect(imported.rejects.map(({ line }) => line)).toEqual([12, 150_002, 200_002, 300_001]);
    expect(typesOf(imported)).toBe('n:int t:string m:int');
  });
});

it('a file with only a header is a table without rows', async () => {
  const imported = await bench.one('empty.csv', 'TimeGenerated,Account\n');
  expect(imported.table).toMatchObject({ rows: 0, rejected: 0 });
  expect(imported.table.columns.map((column) => column.name)).toEqual(['TimeGenerated', 'Account']);
});

it('an empty file is an error that says so', async () => {
  expect(await bench.failure('nothing.csv', '')).toMatchObject({ code: 'import.empty' });
});

it('leaves nothing behind in the case', async () => {
  expect(await bench.leftovers()).toEqual([]);
});

describe('limits', () => {
  it('a line that never ends is read as text in pieces', async () => {
    const imported = await bench.one('endless.csv', `${'a,'.repeat(1_600_000)}end`);
    expect(typesOf(imported)).toBe('line:int text:string');
    expect(columnOf(imported, 'line')).toEqual(['1', '1', '1', '1']);
    expect(columnOf(imported, 'text').map((text) => String(text).length)).toEqual([1_000_000, 1_000_000, 1_000_000, 200_003]);
  });

  it('too many columns are an error', async () => {
    expect(await bench.failure('wide.csv', `${Array.from({ length: 6_000 }, (_, i) => `c${i}`).join(',')}\n${'1,'.repeat(5_999)}1\n`)).toMatchObject({ code: 'limit' });
  });

  it('long values come through whole', async () => {
    const long = 'y'.repeat(5_000_000);
    const imported = await bench.one('value.csv', `a,b\n1,${long}\n2,"${long}\nmore"\n`);
    expect(columnOf(imported, 'b').map((value) => String(value).length)).toEqual([5_000_000, 5_000_005]);
  });
});
