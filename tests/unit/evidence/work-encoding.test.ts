import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeText, decodeUtf8OrLatin1, detectEncoding, looksBinary, wholeUtf8 } from '../../../main/evidence/work/encoding.ts';

describe('encodings', () => {
  it('are told by marks, zeros and validity', () => {
    expect(detectEncoding(Buffer.from('\ufeffa', 'utf8'))).toBe('utf-8-bom');
    expect(detectEncoding(Buffer.from('\ufeffab', 'utf16le'))).toBe('utf-16le');
    expect(detectEncoding(Buffer.from('\ufeffab', 'utf16le').swap16())).toBe('utf-16be');
    expect(detectEncoding(Buffer.from('some plain text here', 'utf16le'))).toBe('utf-16le');
    expect(detectEncoding(Buffer.from('some plain text here', 'utf16le').swap16())).toBe('utf-16be');
    expect(detectEncoding(Buffer.from('plain'))).toBe('utf-8');
    expect(detectEncoding(Buffer.from('Müller', 'latin1'))).toBe('latin-1');
  });

  it('a cut in the middle of a character is no sign of anything', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }), fc.nat(40), (text, cut) => {
      const bytes = Buffer.from(text.toWellFormed());
      expect(detectEncoding(wholeUtf8(bytes.subarray(0, Math.min(cut + 1, bytes.length))))).not.toBe('latin-1');
    }));
  });

  it('nothing is lost where UTF-8 is broken', () => {
    expect(decodeUtf8OrLatin1(Buffer.from([0x4d, 0xfc, 0x80]))).toEqual({ text: 'Mü€', repaired: true });
    expect(decodeText(Buffer.from('\ufeffż', 'utf8'), 'utf-8-bom')).toBe('ż');
  });

  it('control characters make a file binary, text in any encoding does not', () => {
    expect(looksBinary(Buffer.from(Array.from({ length: 300 }, (_, i) => i % 256)))).toBe(true);
    expect(looksBinary(Buffer.from('tab\tand\r\nline ends\u001b[31m', 'utf8'))).toBe(false);
    expect(looksBinary(Buffer.from('some plain text here', 'utf16le'))).toBe(false);
  });
});
