import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutText, hasHidden, shortenMiddle, visibleSegments, visibleText } from '../../../main/shared/text.ts';

describe('visible escapes', () => {
  it.each([
    ['plain', 'plain'], ['a\nb\tc\r\n', 'a\\nb\\tc\\r\\n'], ['\0', '\\0'], ['invoice\u202Efdp.exe', 'invoice\\u202Efdp.exe'], ['a\u200Bb', 'a\\u200Bb'],
    ['\u{E0041}', '\\u{E0041}'], ['\uD800x', '\\uD800x'], ['\u0085', '\\u0085'], ['\uFEFFx', '\\uFEFFx'], ['žluť 中文 🙂', 'žluť 中文 🙂'], ['\\n', '\\n'],
  ])('%j', (text, shown) => expect(visibleText(text)).toBe(shown));
  it('keep line breaks and tabs where several lines are shown, but not a lone carriage return', () => {
    expect(visibleText('a\r\nb\tc\rd\u202E', { multiline: true })).toBe('a\r\nb\tc\\rd\\u202E');
  });
  it('leave nothing hidden', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void expect(hasHidden(visibleText(text))).toBe(false)));
  });
  it('set escapes apart from text', () => {
    expect(visibleSegments('a\u202E\u202Db')).toEqual([
      { text: 'a', escaped: false }, { text: '\\u202E\\u202D', escaped: true }, { text: 'b', escaped: false },
    ]);
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void expect(visibleSegments(text).map((s) => s.text).join('')).toBe(visibleText(text))));
  });
});

describe('shortening', () => {
  it('keeps both ends', () => expect(shortenMiddle('C:\\Users\\novak\\Downloads\\invoice.exe', 15)).toBe('C:\\User…ice.exe'));
  it('never exceeds the width and never splits a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 30 }), (text, max) => {
        for (const short of [shortenMiddle(text, max), cutText(text, max)]) {
          expect(short.length).toBeLessThanOrEqual(max);
          expect(short.isWellFormed()).toBe(true);
        }
        expect(shortenMiddle(text, Math.max(max, text.length))).toBe(text);
      }),
    );
  });
});
