/**
 * Delimited text, record by record, with exact physical line numbers. Whatever is wrong with a record, the next line is tried
 * again: one stray quote costs one line, not the rest of the file. Owns what is a good record; the fast path in DuckDB must
 * accept exactly the same ones. Runs in the worker, on text with one character per byte or on decoded text alike.
 */
import type { TextSource } from '../work/text-source.ts';

export type CsvShape = {
  delimiter: string;
  quote: string;
  escape: string;
};

/** `fields` null: the record can't be read, `reason` says why. */
export type CsvRecord = {
  /** 1-based physical line the record begins on. */
  line: number;
  fields: string[] | null;
  /** Why it can't be read; with `fields` set, what is odd about it: good only if its width is right. */
  reason: string;
  /** The record as it stands in the file, without the line end. */
  raw: string;
  /** The line end; '' at the end of the file. */
  end: string;
};

/** A quoted value longer than this is a quote that was never closed. */
export const maxRecordLength = 16 * 1_048_576;
const maxRecordAfterTrouble = 65_536;
const troubleLimit = 50;

export const reasons = {
  unclosed: 'File ends inside a quoted field',
  long: 'A quoted field does not end within 16 MB',
  line: 'Line is longer than 16 MB',
  after: 'Text follows a closing quote',
  few: (found: number, expected: number): string => `Too few columns: ${found}, expected ${expected}`,
  many: (found: number, expected: number): string => `Too many columns: ${found}, expected ${expected}`,
} as const;

export type CsvReader = {
  /** Null at the end. Blank lines are no records. */
  next(): CsvRecord | null;
};

/** @param skipLines physical lines to pass over first. */
export const createCsvReader = (source: Pick<TextSource, 'next'>, shape: CsvShape, skipLines = 0): CsvReader => {
  const { delimiter, quote, escape } = shape;
  const quoted = quote !== '';
  let text = '';
  let at = 0;
  let line = 1;
  let ended = false;
  let trouble = 0;
  // positions of the next such character at or after `at`; -1 none in what is loaded
  let lf = -2;
  let cr = -2;
  let qt = -2;

  const more = (): boolean => {
    if (ended) return false;
    const piece = source.next();
    if (piece === null) {
      ended = true;
      return false;
    }
    text = at === 0 ? text + piece : text.slice(at) + piece;
    at = 0;
    lf = cr = qt = -2;
    return true;
  };
  const nextLf = (from: number): number => {
    if (lf === -2 || (lf >= 0 && lf < from)) lf = text.indexOf('\n', from);
    return lf;
  };
  const nextCr = (from: number): number => {
    if (cr === -2 || (cr >= 0 && cr < from)) cr = text.indexOf('\r', from);
    return cr;
  };
  const nextQuote = (from: number): number => {
    if (qt === -2 || (qt >= 0 && qt < from)) qt = text.indexOf(quote, from);
    return qt;
  };

  /** End of the physical line that begins at `at`, loading what is needed: [end, start of the next line]. Null: it is too long. */
  const lineEnd = (): [number, number] | null => {
    for (;;) {
      if (text.length - at > maxRecordLength && nextLf(at) < 0 && nextCr(at) < 0) return null;
      const l = nextLf(at);
      const c = nextCr(at);
      if (c >= 0 && (l < 0 || c < l)) {
        // the line feed of a pair may not be loaded yet
        if (c + 1 < text.length) return [c, text[c + 1] === '\n' ? c + 2 : c + 1];
      } else if (l >= 0) return [l, l + 1];
      if (!more()) {
        const end = c >= 0 && (l < 0 || c < l) ? c : text.length;
        return [end, c >= 0 && (l < 0 || c < l) ? c + 1 : text.length];
      }
    }
  };

  const countLines = (from: number, to: number): number => {
    let n = 0;
    for (let i = from; i < to; i += 1) {
      const code = text.charCodeAt(i);
      if (code === 10) n += 1;
      else if (code === 13 && text.charCodeAt(i + 1) !== 10) n += 1;
    }
    return n;
  };

  type Quoted = { fields: string[]; end: number; next: number } | { reason: string } | 'more';
  /** A record with quotes in it, from `at`. 'more': it reaches beyond what is loaded. */
  const readQuoted = (): Quoted => {
    const fields: string[] = [];
    let i = at;
    for (;;) {
      let start = i;
      while (text[start] === ' ') start += 1;
      if (text[start] === quote) {
        let value = '';
        let from = start + 1;
        for (;;) {
          const close = escape === quote || escape === '' ? text.indexOf(quote, from) : findClose(from);
          if (close < 0) return ended ? { reason: reasons.unclosed } : 'more';
          if (escape === quote && text[close + 1] === quote) {
            value += text.slice(from, close + 1);
            from = close + 2;
            continue;
          }
          if (escape === quote && close + 1 >= text.length && !ended) return 'more';
          value += text.slice(from, close);
          i = close + 1;
          break;
        }
        if (escape !== quote && escape !== '') value = unescape(value);
        while (text[i] === ' ') i += 1;
        fields.push(value);
        if (i >= text.length) return ended ? { fields, end: i, next: i } : 'more';
        if (text[i] === delimiter) {
          i += 1;
          continue;
        }
      } else {
        let end = i;
        for (; end < text.length; end += 1) {
          const ch = text[end];
          if (ch === delimiter || ch === '\n' || ch === '\r') break;
        }
        if (end >= text.length && !ended) return 'more';
        fields.push(text.slice(i, end));
        i = end;
        if (i >= text.length) return { fields, end: i, next: i };
        if (text[i] === delimiter) {
          i += 1;
          continue;
        }
      }
      if (text[i] === '\n') return { fields, end: i, next: i + 1 };
      if (text[i] === '\r') {
        if (i + 1 >= text.length && !ended) return 'more';
        return { fields, end: i, next: text[i + 1] === '\n' ? i + 2 : i + 1 };
      }
      return { reason: reasons.after };
    }
  };

  /**
   * One line whose quoted value holds bare quotes: a quote closes only before a delimiter or the end. Null when that fails, too.
   */
  const readLoosely = (raw: string): string[] | null => {
    const fields: string[] = [];
    for (let i = 0; ; ) {
      if (raw[i] === quote) {
        let close = raw.indexOf(quote, i + 1);
        while (close >= 0 && close + 1 < raw.length && raw[close + 1] !== delimiter) close = raw.indexOf(quote, close + 1);
        if (close < 0) return null;
        fields.push(raw.slice(i + 1, close).replaceAll(quote + quote, quote));
        i = close + 1;
      } else {
        const end = raw.indexOf(delimiter, i);
        fields.push(raw.slice(i, end < 0 ? raw.length : end));
        i = end < 0 ? raw.length : end;
      }
      if (i >= raw.length) return fields;
      i += 1;
    }
  };

  const unescape = (value: string): string => {
    let out = '';
    let from = 0;
    for (let i = value.indexOf(escape); i >= 0; i = value.indexOf(escape, from)) {
      const literal = value[i + 1];
      const known = literal === quote || literal === escape;
      out += value.slice(from, known ? i : i + 1) + (known ? literal : (literal ?? ''));
      from = i + 2;
    }
    return out + value.slice(from);
  };

  /** The closing quote when a backslash makes the next character literal. */
  const findClose = (from: number): number => {
    for (let i = from; i < text.length; i += 1) {
      if (text[i] === escape) i += 1;
      else if (text[i] === quote) return i;
    }
    return -1;
  };

  /** A line too long to keep: its beginning is, the rest is read and dropped. */
  const passOver = (): CsvRecord => {
    const record = { line, fields: null, reason: reasons.line, raw: text.slice(at, at + 4_096), end: '\n' };
    line += 1;
    for (;;) {
      const l = nextLf(at);
      const c = nextCr(at);
      const found = c >= 0 && (l < 0 || c < l) ? c : l;
      if (found >= 0 && (text[found] === '\n' || found + 1 < text.length)) {
        at = text[found] === '\r' && text[found + 1] === '\n' ? found + 2 : found + 1;
        return record;
      }
      at = found >= 0 ? found : text.length;
      if (!more()) {
        at = text.length;
        return record;
      }
    }
  };

  const next = (): CsvRecord | null => {
    for (;;) {
      if (at >= text.length && !more()) return null;
      const bounds = lineEnd();
      if (bounds === null) return passOver();
      const [end, after] = bounds;
      if (end === at) {
        at = after;
        line += 1;
        continue;
      }
      const firstQuote = quoted ? nextQuote(at) : -1;
      if (firstQuote < 0 || firstQuote >= end) {
        const raw = text.slice(at, end);
        const record = { line, fields: raw.split(delimiter), reason: '', raw, end: text.slice(end, after) };
        at = after;
        line += 1;
        return record;
      }
      const limit = trouble > troubleLimit ? maxRecordAfterTrouble : maxRecordLength;
      let read = readQuoted();
      while (read === 'more') {
        if (text.length - at > limit) {
          read = { reason: reasons.long };
          break;
        }
        more();
        read = readQuoted();
      }
      if ('reason' in read) {
        trouble += 1;
        const bad = lineEnd();
        if (bad === null) return passOver();
        const [badEnd, badNext] = bad;
        const raw = text.slice(at, badEnd);
        const record = { line, fields: read.reason === reasons.after ? readLoosely(raw) : null, reason: read.reason, raw, end: text.slice(badEnd, badNext) };
        at = badNext;
        line += 1;
        return record;
      }
      const record = { line, fields: read.fields, reason: '', raw: text.slice(at, read.end), end: text.slice(read.end, read.next) };
      line += countLines(at, read.end) + (read.next > read.end ? 1 : 0);
      at = read.next;
      return record;
    }
  };

  for (let skipped = 0; skipped < skipLines; skipped += 1) {
    if (at >= text.length && !more()) break;
    const bounds = lineEnd();
    if (bounds === null) passOver();
    else {
      at = bounds[1];
      line += 1;
    }
  }
  return { next };
};
