import { describe, expect, test } from 'vitest';
import type { ColumnType, Filter, Scalar } from '../../../../main/contract/index.ts';
import { formOf, operatorsOf, readForm, type FormState, type Operator } from '../../../../renderer/grid/filter-form.ts';
import { formatTime } from '../../../../main/shared/time.ts';

const form = (op: Operator, first: string, second = ''): FormState => ({ column: 'C', op, first, second, caseSensitive: false });
const filterOf = (op: Operator, first: string, type: ColumnType, second = '', zone = 'UTC'): Filter => {
  const read = readForm(form(op, first, second), type, zone);
  if (!read.ok) throw new Error(read.message);
  return read.filter;
};
const problemOf = (op: Operator, first: string, type: ColumnType, second = ''): string => {
  const read = readForm(form(op, first, second), type, 'UTC');
  return read.ok ? '' : read.message;
};

describe('reading', () => {
  test('numbers in decimal and hexadecimal; beyond 2^53 as exact text', () => {
    expect(filterOf('eq', ' 4688 ', 'int')).toMatchObject({ value: 4688 });
    expect(filterOf('eq', '0x1250', 'int')).toMatchObject({ value: 0x1250 });
    expect(filterOf('eq', '18446744073709551615', 'int')).toMatchObject({ value: '18446744073709551615' });
    expect(filterOf('eq', '0xffffffffffffffff', 'int')).toMatchObject({ value: '18446744073709551615' });
    expect(problemOf('eq', '-0x10', 'int')).toContain('not a whole number');
    expect(filterOf('gt', '1.5', 'float')).toMatchObject({ value: 1.5 });
    expect(problemOf('eq', '', 'float')).toContain('not a number');
  });

  test('times without an offset are in the display zone, with one they are exact', () => {
    expect(filterOf('ge', '2026-03-11 22:04', 'datetime', '', 'Europe/Berlin')).toMatchObject({ value: Date.UTC(2026, 2, 11, 21, 4) * 1_000 });
    expect(filterOf('ge', '2026-03-11T22:04:00Z', 'datetime', '', 'Europe/Berlin')).toMatchObject({ value: Date.UTC(2026, 2, 11, 22, 4) * 1_000 });
    expect(problemOf('ge', 'yesterday', 'datetime')).toMatch(/“yesterday” is not a time/);
  });

  test('durations, booleans, and what they are not', () => {
    expect(filterOf('lt', '5m', 'timespan')).toMatchObject({ value: 300_000_000 });
    expect(filterOf('eq', 'Yes', 'bool')).toMatchObject({ value: true });
    expect(problemOf('eq', 'maybe', 'bool')).toContain('not true or false');
  });

  test('text is kept as typed, blanks included; nothing typed is explained', () => {
    expect(filterOf('contains', ' -enc ', 'string')).toMatchObject({ text: ' -enc ' });
    expect(problemOf('contains', '', 'string')).not.toBe('');
    expect(problemOf('regex', '', 'string')).toContain('RE2');
    expect(problemOf('in', ' \n ', 'string')).not.toBe('');
  });

  test('a range ends after it starts', () => {
    expect(filterOf('between', '1', 'int', '5')).toMatchObject({ from: 1, to: 5 });
    expect(problemOf('between', '5', 'int', '1')).toContain('after');
    expect(problemOf('between', '5', 'int', 'x')).toContain('“x”');
  });

  test('lists by comma or line', () => {
    expect(filterOf('in', 'a, b ,c', 'string')).toMatchObject({ values: ['a', 'b', 'c'] });
    expect(filterOf('in', 'a, b\nc', 'string')).toMatchObject({ values: ['a, b', 'c'] });
    expect(filterOf('in', '"a, b", null, 5"', 'string')).toMatchObject({ values: ['a, b', null, '5"'] });
    expect(problemOf('in', '1, two', 'int')).toContain('“two”');
  });
});

describe('editing a filter that exists', () => {
  const again = (filter: Filter, type: ColumnType): Filter => {
    const state = formOf(filter, 'C', { columns: [{ name: 'C', type }] }, (us) => formatTime(us, 'Europe/Berlin', 'datetime'));
    expect(operatorsOf(type).map((o) => o.op)).toContain(state.op);
    const read = readForm(state, type, 'Europe/Berlin');
    if (!read.ok) throw new Error(read.message);
    return read.filter;
  };

  test.each<[ColumnType, Scalar[]]>([
    ['string', ['powershell.exe -NoP, -Enc']],
    ['string', ['a\nb', 'c']],
    ['string', ['', null, 'null', ' padded ', '"quoted"', 'C:\\x']],
    ['string', ['C:\\a, b']],
    ['int', [4688, null, '18446744073709551615']],
    ['datetime', [1_773_266_657_482_123]],
    ['datetime', [1_773_266_657_000_000, null]],
    ['timespan', [90_000_000]],
  ])('values of a %s come back as they were: %j', (type, values) => {
    const filter: Filter = { op: 'in', column: 'C', values };
    expect(again(filter, type)).toEqual(filter);
  });

  test('one kept value of a bool is an equal sign', () => {
    expect(again({ op: 'in', column: 'C', values: [false] }, 'bool')).toEqual({ op: 'eq', column: 'C', value: false });
    expect(again({ op: 'notIn', column: 'C', values: [true] }, 'bool')).toEqual({ op: 'ne', column: 'C', value: true });
    expect(again({ op: 'in', column: 'C', values: [null] }, 'bool')).toEqual({ op: 'isNull', column: 'C' });
  });

  test('texts, patterns, ranges and emptiness', () => {
    for (const filter of [
      { op: 'contains', column: 'C', text: ' x', caseSensitive: true },
      { op: 'notRegex', column: 'C', pattern: '^a', caseSensitive: false },
      { op: 'notNull', column: 'C' },
    ] satisfies Filter[]) expect(again(filter, 'string')).toEqual(filter);
    expect(again({ op: 'between', column: 'C', from: 1, to: 2 }, 'float')).toEqual({ op: 'between', column: 'C', from: 1, to: 2 });
  });
});
