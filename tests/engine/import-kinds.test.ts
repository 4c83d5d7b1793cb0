/** The grammar of texts is given twice, for samples and for whole columns; both must say the same of every text. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  isBoolText, isFloatText, isIntText, isNullWord, isTimespanText, sqlBool, sqlFloat, sqlInt, sqlIsBool, sqlIsFloat, sqlIsInt, sqlIsNullWord, sqlIsTimespan, sqlText, sqlTimespan,
} from '../../main/evidence/text-kinds.ts';
import { query } from './import-support.ts';

const wild = fc.oneof(
  fc.string({ unit: fc.constantFrom('0', '1', '9', '-', '+', '.', 'e', 'E', '_', ' ', 'x', 'n', 'a', 'N'), maxLength: 8 }),
  fc.bigInt({ min: -(2n ** 65n), max: 2n ** 65n }).map(String),
  fc.double().map(String),
  fc.constantFrom('true', 'FALSE', 'True', 't', 'f', 'yes', 'on', '1', '0', 'null', 'NaN', ' None ', 'N/A', '(null)', '<NA>', 'nat', '-', 'inf', 'Infinity', '-inf', '007', '-0', '00', '1e5', '0x1F', '１２', '1,5', '٣',
    '0 days', '1 days 02:03:04', '-1 days +23:00:00', '0 days 00:00:00.123456789', '1 day', '5 days 1:2:3'),
).filter((text) => !text.includes('\0'));

it('samples and columns are judged alike', async () => {
  const texts = [...new Set(fc.sample(wild, { numRuns: 3_000, seed: 7 }))];
  const values = texts.map((text, i) => `(${i}, ${sqlText(text)})`).join(', ');
  const rows = await query(`SELECT n, s, ${sqlIsInt('s')} AS i, ${sqlIsFloat('s')} AS f, ${sqlIsBool('s')} AS b, ${sqlIsNullWord('s')} AS w, ${sqlIsTimespan('s')} AS t, ${sqlInt('s')} AS vi, ${sqlFloat('s')} AS vf, ${sqlBool('s')} AS vb FROM (VALUES ${values}) AS v(n, s) ORDER BY n`);
  for (const row of rows) {
    const text = String(row['s']);
    expect({ text, i: row['i'], f: row['f'], b: row['b'], w: row['w'], t: row['t'] }).toEqual({ text, i: isIntText(text), f: isFloatText(text), b: isBoolText(text), w: isNullWord(text), t: isTimespanText(text) });
    if (isIntText(text)) expect(String(row['vi'])).toBe(text);
    if (isFloatText(text) && Number.isFinite(Number(text))) expect(row['vf']).toBe(Number(text));
    if (isBoolText(text)) expect(row['vb']).toBe(text.toLowerCase() === 'true');
  }
});

it('time spans are microseconds with the sign of the whole', async () => {
  const rows = await query(`SELECT ${['0 days', '1 days 02:03:04', '-1 days +23:00:00', '0 days 00:00:00.5'].map((text, i) => `${sqlTimespan(sqlText(text))} AS t${i}`).join(', ')}`);
  expect(rows[0]).toEqual({ t0: '0', t1: String(((26 * 60 + 3) * 60 + 4) * 1_000_000), t2: String(-3_600_000_000), t3: '500000' });
});
