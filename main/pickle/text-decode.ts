/**
 * Bytes of a pickle to text and numbers: UTF-8 with lone surrogates, escapes, decimal lines.
 * Owns: decoding only. Must not: keep state beyond one decode window.
 */

import { Buffer, isUtf8 } from 'node:buffer';
import { limitReached, malformed } from './errors.ts';

const MAX_DIGITS = 4300;
const MAX_WINDOW = 64 * 1024;

export type TextReader = {
  /** Text of `length` UTF-8 bytes at `start`; the caller has checked the bounds. */
  utf8(start: number, length: number): string;
  /** Whether those bytes are valid UTF-8 without lone surrogates. */
  isValid(start: number, length: number): boolean;
};

const CACHE_SLOTS = 4096;
const CACHE_MAX_LENGTH = 96;

/**
 * Evidence repeats itself (hosts, accounts, processes), so a text equal to a recent one is
 * answered with that one: fewer objects, less memory. Other short ASCII text is cut out of a
 * shared decoded window, which is several times faster than one native decode per text.
 */
export function createTextReader(bytes: Uint8Array): TextReader {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let windowText = '';
  let windowStart = 0;
  let windowEnd = 0;
  let windowSize = 512;
  const cacheText: string[] = new Array<string>(CACHE_SLOTS).fill('');
  const cacheStart = new Float64Array(CACHE_SLOTS);
  const cacheLength = new Int32Array(CACHE_SLOTS);
  // The cache pauses while texts do not repeat.
  let lookups = 0;
  let hits = 0;
  let pause = 0;

  function ascii(start: number, end: number): string {
    if (start < windowStart || end > windowEnd) {
      const length = end - start;
      if (length > 4096) return buffer.toString('latin1', start, end);
      // Texts that follow each other closely earn a larger window.
      windowSize = start >= windowEnd && start - windowEnd < 256 ? Math.min(windowSize * 2, MAX_WINDOW) : 512;
      windowStart = start;
      windowEnd = Math.min(bytes.length, start + Math.max(windowSize, length));
      windowText = buffer.toString('latin1', windowStart, windowEnd);
    }
    return windowText.substring(start - windowStart, end - windowStart);
  }

  function decode(start: number, end: number): string {
    let i = start;
    while (i < end && (bytes[i] as number) < 0x80) i++;
    return i === end ? ascii(start, end) : decodeUtf8(buffer, start, end);
  }

  return {
    isValid(start, length) {
      const end = start + length;
      let i = start;
      while (i + 4 <= end && (view.getInt32(i) & 0x80808080) === 0) i += 4;
      while (i < end && (bytes[i] as number) < 0x80) i++;
      return i === end || isUtf8(bytes.subarray(i, end));
    },
    utf8(start, length) {
      if (length === 0) return '';
      const end = start + length;
      if (length > CACHE_MAX_LENGTH) return decode(start, end);
      if (pause > 0) {
        pause--;
        return decode(start, end);
      }
      let hash = length;
      let bits = 0;
      for (let i = start; i < end; i++) {
        const byte = bytes[i] as number;
        hash = Math.imul(hash ^ byte, 0x01000193);
        bits |= byte;
      }
      const slot = (hash ^ (hash >>> 15)) & (CACHE_SLOTS - 1);
      if (++lookups === 1024) {
        if (hits < 128) pause = 16_384;
        lookups = 0;
        hits = 0;
      }
      if (cacheLength[slot] === length) {
        let a = start;
        let b = cacheStart[slot] as number;
        while (a < end && bytes[a] === bytes[b]) {
          a++;
          b++;
        }
        if (a === end) {
          hits++;
          return cacheText[slot] as string;
        }
      }
      const text = bits < 0x80 ? ascii(start, end) : decodeUtf8(buffer, start, end);
      cacheText[slot] = text;
      cacheStart[slot] = start;
      cacheLength[slot] = length;
      return text;
    },
  };
}

/** UTF-8 as Python writes it: `surrogatepass` keeps lone surrogates; other faults are errors. */
export function decodeUtf8(buffer: Buffer, start: number, end: number): string {
  const text = buffer.toString('utf8', start, end);
  return text.includes('\ufffd') ? decodeSurrogatePass(buffer, start, end) : text;
}

function decodeSurrogatePass(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  let units: number[] = [];
  let i = start;
  const tail = (at: number): number => {
    const b = at < end ? (bytes[at] as number) : 0;
    if ((b & 0xc0) !== 0x80) throw malformed('text is not valid UTF-8');
    return b & 0x3f;
  };
  while (i < end) {
    const b = bytes[i] as number;
    let code: number;
    if (b < 0x80) {
      code = b;
      i += 1;
    } else if (b >= 0xc2 && b <= 0xdf) {
      code = ((b & 0x1f) << 6) | tail(i + 1);
      i += 2;
    } else if (b >= 0xe0 && b <= 0xef) {
      code = ((b & 0x0f) << 12) | (tail(i + 1) << 6) | tail(i + 2);
      if (code < 0x800) throw malformed('text is not valid UTF-8');
      i += 3;
    } else if (b >= 0xf0 && b <= 0xf4) {
      code = ((b & 0x07) << 18) | (tail(i + 1) << 12) | (tail(i + 2) << 6) | tail(i + 3);
      if (code < 0x10000 || code > 0x10ffff) throw malformed('text is not valid UTF-8');
      i += 4;
    } else {
      throw malformed('text is not valid UTF-8');
    }
    if (code < 0x10000) units.push(code);
    else units.push(0xd800 + ((code - 0x10000) >> 10), 0xdc00 + ((code - 0x10000) & 0x3ff));
    if (units.length > 4096) {
      text += String.fromCharCode(...units);
      units = [];
    }
  }
  return text + String.fromCharCode(...units);
}

/** The argument of UNICODE (protocol 0): latin-1 with \uXXXX and \UXXXXXXXX. */
export function decodeRawUnicodeEscape(raw: string): string {
  if (!raw.includes('\\')) return raw;
  return raw.replace(/(\\+)(u[\s\S]{0,4}|U[\s\S]{0,8})?/g, (whole: string, slashes: string, escape: string | undefined) => {
    // Only an odd run of backslashes starts an escape; the others are literal.
    if (escape === undefined || slashes.length % 2 === 0) return whole;
    const wanted = escape.startsWith('u') ? 5 : 9;
    const code = escape.length === wanted && /^[0-9a-fA-F]+$/.test(escape.slice(1)) ? Number.parseInt(escape.slice(1), 16) : -1;
    if (code < 0 || code > 0x10ffff) throw malformed('a \\u escape in a text is incomplete');
    const head = slashes.slice(1);
    return head + (code > 0xffff ? String.fromCodePoint(code) : String.fromCharCode(code));
  });
}

const SIMPLE_ESCAPES = new Map([
  ['\\', '\\'], ["'", "'"], ['"', '"'], ['n', '\n'], ['r', '\r'], ['t', '\t'],
  ['a', '\x07'], ['b', '\b'], ['f', '\f'], ['v', '\v'], ['\n', ''],
]);

/** The argument of STRING (protocol 0): a quoted Python 2 str, ASCII after unescaping. */
export function decodeQuotedString(raw: string): string {
  const text = raw.trim();
  const quote = text[0];
  if (text.length < 2 || (quote !== "'" && quote !== '"') || !text.endsWith(quote)) {
    throw malformed('a protocol 0 string is not quoted');
  }
  const body = text.slice(1, -1);
  const out = body.replace(/\\(x[0-9a-fA-F]{2}|[0-7]{1,3}|[\s\S]|$)/g, (whole: string, escape: string) => {
    const simple = SIMPLE_ESCAPES.get(escape);
    if (simple !== undefined) return simple;
    if (/^x[0-9a-fA-F]{2}$/.test(escape)) return String.fromCharCode(Number.parseInt(escape.slice(1), 16));
    if (/^[0-7]+$/.test(escape)) return String.fromCharCode(Number.parseInt(escape, 8) & 0xff);
    if (escape === '' || escape === 'x') throw malformed('an escape in a protocol 0 string is incomplete');
    return whole;
  });
  return assertAscii(out);
}

/** Python 2 byte strings carry no encoding; only ASCII ones can be read as text. */
export function assertAscii(text: string): string {
  if (/[^\x00-\x7f]/.test(text)) throw malformed('a Python 2 byte string holds bytes outside ASCII, so its text is not known');
  return text;
}

/** Python int() of a decimal line. */
export function parseDecimal(line: string): number | bigint {
  const text = line.trim();
  if (text.length > MAX_DIGITS) throw limitReached(`an integer has more than ${MAX_DIGITS} digits`);
  if (!/^[+-]?[0-9]+(_[0-9]+)*$/.test(text)) throw malformed('an integer is not written in digits');
  return shrinkInt(BigInt(text.replaceAll('_', '').replace(/^\+/, '')));
}

export function shrinkInt(value: bigint): number | bigint {
  const small = Number(value);
  return Number.isSafeInteger(small) ? small : value;
}

/** Python float() of a line. */
export function parsePyFloat(line: string): number {
  const text = line.trim().toLowerCase();
  if (text.length > MAX_DIGITS) throw limitReached(`a number has more than ${MAX_DIGITS} digits`);
  const word = /^([+-]?)(nan|inf|infinity)$/.exec(text);
  if (word !== null) return word[2] === 'nan' ? NaN : word[1] === '-' ? -Infinity : Infinity;
  if (!/^[+-]?([0-9]+(_[0-9]+)*(\.([0-9]+(_[0-9]+)*)?)?|\.[0-9]+(_[0-9]+)*)(e[+-]?[0-9]+)?$/.test(text)) {
    throw malformed('a number is not written as one');
  }
  return Number(text.replaceAll('_', ''));
}

/** Little-endian two's complement of any length (LONG1, LONG4, arrow decimals). */
export function decodeLong(bytes: Uint8Array, start: number, length: number): number | bigint {
  if (length === 0) return 0;
  if (length > 65_536) throw limitReached('an integer is longer than 65536 bytes');
  const negative = ((bytes[start + length - 1] as number) & 0x80) !== 0;
  if (length <= 6) {
    let value = 0;
    for (let i = length - 1; i >= 0; i--) value = value * 256 + (bytes[start + i] as number);
    return negative ? value - 256 ** length : value;
  }
  const hex: string[] = [];
  for (let i = length - 1; i >= 0; i--) hex.push((bytes[start + i] as number).toString(16).padStart(2, '0'));
  const unsigned = BigInt(`0x${hex.join('')}`);
  return shrinkInt(negative ? unsigned - (1n << BigInt(length * 8)) : unsigned);
}
