import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { columnOf, openBench, type Bench } from './import-support.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const first = async (texts: readonly string[], options?: Parameters<Bench['one']>[2], name = 'When'): Promise<{ type: string | undefined; values: unknown[]; texts: unknown[] }> => {
  const imported = await bench.one('time.csv', `${name};x\n${texts.map((text) => `${text};1\n`).join('')}`, options);
  const [column] = imported.table.columns;
  return { type: column?.type, values: columnOf(imported, column?.physical ?? ''), texts: columnOf(imported, column?.originalPhysical ?? '') };
};

describe('texts that are times', () => {
  it.each([
    [['2026-03-01T10:20:30Z'], '2026-03-01 10:20:30'],
    [['2026-03-01 10:20:30.123456789+02:00'], '2026-03-01 08:20:30.123456'],
    [['2026-03-01T10:20:30.1234567'], '2026-03-01 10:20:30.123456'],
    [['2026-03-01 10:20:30 UTC'], '2026-03-01 10:20:30'],
    [['2026-03-01 10:20'], '2026-03-01 10:20:00'],
    [['2026/03/01 10:20:30'], '2026-03-01 10:20:30'],
    [['2026-03-01'], '2026-03-01 00:00:00'],
    [['2026-03-01 10:20:30,123'], '2026-03-01 10:20:30.123'],
    [['20260301T102030Z'], '2026-03-01 10:20:30'],
    [['3/11/2026 9:51:37.204 PM'], '2026-03-11 21:51:37.204'],
    [['3/11/2026, 9:51:37 PM'], '2026-03-11 21:51:37'],
    [['7/8/2019 16:08', '7/28/2019 16:08'], '2019-07-08 16:08:00'],
    [['28.07.2019 16:08:09', '01.02.2019 16:08:09'], '2019-07-28 16:08:09'],
    [['Tue, 16 Mar 2023 04:15:20 +0200'], '2023-03-16 02:15:20'],
    [['Thu, 16 Mar 2023 04:15:20 GMT'], '2023-03-16 04:15:20'],
    [['16/Mar/2023:04:15:20 -0500'], '2023-03-16 09:15:20'],
    [['Thu Mar 16 04:15:20 2023 UTC'], '2023-03-16 04:15:20'],
    [['Mar 16, 2023 @ 04:15:20.123'], '2023-03-16 04:15:20.123'],
    [['Mar 16, 2023 4:15:20 PM'], '2023-03-16 16:15:20'],
    [['/Date(1552617595000)/'], '2019-03-15 02:39:55'],
  ])('%j', async (texts, expected) => {
    const read = await first(texts);
    expect(read.type).toBe('datetime');
    expect(read.values[0]).toBe(expected);
    expect(read.texts).toEqual(texts);
  });

  it.each([
    ['1772323200', '2026-03-01 00:00:00'],
    ['1772323200123', '2026-03-01 00:00:00.123'],
    ['1772323200123456', '2026-03-01 00:00:00.123456'],
    ['1772323200123456789', '2026-03-01 00:00:00.123456'],
    ['1772323200.301', '2026-03-01 00:00:00.301'],
    ['134168000000000000', '2026-03-01 00:53:20'],
  ])('the number %s, when the name says time', async (text, expected) => {
    expect((await first([text, text], undefined, 'event_time')).values[0]).toBe(expected);
    expect((await first([text, text], undefined, 'BytesSent')).type).not.toBe('datetime');
  });

  it.each([['10:20:30'], ['1.2.3'], ['Mar  1 12:00:00'], ['2026'], ['tomorrow']])('%s is no time', async (text) => {
    expect((await first([text, text])).type).not.toBe('datetime');
  });

  it('reads fractions that come and go', async () => {
    const read = await first(['3/1/2026 1:00:00 AM', '3/1/2026 1:00:00.5 AM', '3/13/2026 1:00:00.1234567 AM']);
    expect(read.values).toEqual(['2026-03-01 01:00:00', '2026-03-01 01:00:00.5', '2026-03-13 01:00:00.123456']);
  });

  it('keeps times outside what can be placed as text, without losing the row', async () => {
    const read = await first(['2026-03-01T00:00:00Z', '0001-01-01T00:00:00Z', '9999-12-31T23:59:59Z']);
    expect(read.values).toEqual(['2026-03-01 00:00:00', null, null]);
    expect(read.texts[1]).toBe('0001-01-01T00:00:00Z');
  });
});

describe('zones', () => {
  it('reads times without a zone in the chosen one, others by their own', async () => {
    const read = await first(['2026-07-01 12:00:00', '2026-07-01T12:00:00Z', '2026-01-01 12:00:00'], { zone: 'Europe/Paris' });
    expect(read.values).toEqual(['2026-07-01 10:00:00', '2026-07-01 12:00:00', '2026-01-01 11:00:00']);
    expect((await first(['3/1/2026 12:00', '3/13/2026 12:00'], { zone: 'America/New_York' })).values[0]).toBe('2026-03-01 17:00:00');
  });

  it('takes the header at its word when it says UTC', async () => {
    expect((await first(['3/1/2026, 12:00:00.000 PM', '3/13/2026, 12:00:00.000 PM'], { zone: 'Europe/Paris' }, 'TimeGenerated [UTC]')).values[0]).toBe('2026-03-01 12:00:00');
    expect((await first(['2026-03-01T12:00:00', '2026-03-01T12:00:00+01:00'], { zone: 'Europe/Paris' }, 'EventTimeUtc')).values).toEqual(['2026-03-01 12:00:00', '2026-03-01 11:00:00']);
  });

  it('refuses a zone that does not exist', async () => {
    await expect(first(['2026-03-01 12:00:00'], { zone: 'Mars/Olympus' })).rejects.toMatchObject({ code: 'input.invalid' });
  });
});

describe('day or month first', () => {
  it('decides by a number above twelve anywhere in the column', async () => {
    const rows = Array.from({ length: 90_000 }, (_, i) => `0${1 + (i % 9)}/0${1 + (i % 5)}/2025 10:00:00`);
    rows[60_000] = '25/01/2025 10:00:00';
    const read = await first(rows);
    expect(read.values[60_000]).toBe('2025-01-25 10:00:00');
    expect(read.values[8]).toBe('2025-04-09 10:00:00');
  });

  it('does not choose a future', async () => {
    // the present of these tests is 12 March 2026
    expect((await first(['3/11/2026 10:00', '3/10/2026 10:00'])).values[0]).toBe('2026-03-11 10:00:00');
    expect((await first(['11/3/2026 10:00', '10/3/2026 10:00'])).values[0]).toBe('2026-03-11 10:00:00');
  });

  it('does as told', async () => {
    expect((await first(['3/4/2025 10:00'], { dateOrder: 'dmy' })).values[0]).toBe('2025-04-03 10:00:00');
  });

  it('says when nothing tells', async () => {
    const imported = await bench.one('amb.csv', 'When,x\n3/4/2025 10:00,1\n');
    expect(imported.table.warnings.join()).toMatch(/day and month can't be told apart/);
  });
});

describe('the time of a table', () => {
  it.each([
    ['EventTime,TimeGenerated,CreatedDateTime', 'TimeGenerated'],
    ['StartTime,EndTime', 'StartTime'],
    ['@timestamp,UtcTime,EventReceivedTime', 'UtcTime'],
    ['modified,accessed,born', 'modified'],
  ])('of %s is %s', async (header, expected) => {
    const row = header.split(',').map(() => '2026-03-01T00:00:00Z').join(',');
    expect((await bench.one('choose.csv', `${header},x\n${row},1\n`)).table.timeColumn).toBe(expected);
  });

  it('is a column that is filled rather than one with a better name', async () => {
    const imported = await bench.one('filled.csv', `UtcTime,EventReceivedTime\n${Array.from({ length: 20 }, (_, i) => `${i % 2 === 0 ? '2026-03-01T00:00:00Z' : ''},2026-03-01T00:00:01Z`).join('\n')}\n`);
    expect(imported.table.timeColumn).toBe('EventReceivedTime');
  });

  it('carries its range, and is none when told so', async () => {
    const text = 'TimeGenerated,x\n2026-03-01T00:00:00Z,1\n2026-03-02T00:00:00.5Z,2\n';
    const imported = await bench.one('range.csv', text);
    expect([imported.table.fromUs, imported.table.toUs]).toEqual([Date.UTC(2026, 2, 1) * 1_000, Date.UTC(2026, 2, 2) * 1_000 + 500_000]);
    expect((await bench.one('none.csv', text, { timeColumn: null })).table).toMatchObject({ timeColumn: null, fromUs: null, toUs: null });
  });
});
