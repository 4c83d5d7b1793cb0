/**
 * A Python list as the machine fills it: long runs of text stay references into the file,
 * everything else is values.
 * Owns: that mixed storage. Must not: decode text before `items` is asked for.
 */

import { REF_BASE, REF_NAN, type Refs, type TextSource } from './text-store.ts';
import { PY_NAN } from './py-scalars.ts';
import type { PyValue } from './values.ts';

type TextRun = { source: TextSource; refs: Refs; length: number };
type Part = PyValue[] | TextRun;

const isRun = (part: Part): part is TextRun => !Array.isArray(part);

export class PyList {
  private parts: Part[] = [];
  length = 0;

  static of(values: PyValue[]): PyList {
    const list = new PyList();
    if (values.length > 0) list.parts = [values];
    list.length = values.length;
    return list;
  }

  push(value: PyValue): void {
    const last = this.parts[this.parts.length - 1];
    if (last !== undefined && !isRun(last)) last.push(value);
    else if (last === undefined) this.parts = [[value]];
    else this.parts.push([value]);
    this.length++;
  }

  pushAll(values: PyValue[]): void {
    const last = this.parts[this.parts.length - 1];
    if (last === undefined) this.parts = [values];
    else if (isRun(last)) this.parts.push(values);
    else for (const value of values) last.push(value);
    this.length += values.length;
  }

  /** Appends `count` text references, read through `refAt`. */
  pushRefs(source: TextSource, count: number, refAt: (i: number) => number): void {
    let last = this.parts[this.parts.length - 1];
    if (last === undefined || !isRun(last)) {
      last = { source, refs: source.makeRefs(Math.max(64, count)), length: 0 };
      this.parts.push(last);
    }
    if (last.length + count > last.refs.length) {
      const grown = source.makeRefs(Math.max(last.refs.length * 2, last.length + count));
      grown.set(last.refs.subarray(0, last.length));
      last.refs = grown;
    }
    for (let i = 0; i < count; i++) last.refs[last.length + i] = refAt(i);
    last.length += count;
    this.length += count;
  }

  /** All values, text decoded. Stays decoded from then on. */
  get items(): PyValue[] {
    const [only] = this.parts;
    if (this.parts.length === 1 && only !== undefined && !isRun(only)) return only;
    const out: PyValue[] = new Array<PyValue>(this.length);
    let at = 0;
    for (const part of this.parts) {
      if (!isRun(part)) {
        for (const value of part) out[at++] = value;
        continue;
      }
      for (let i = 0; i < part.length; i++) {
        const ref = part.refs[i] as number;
        out[at++] = ref >= REF_BASE ? part.source.textOf(ref) : ref === REF_NAN ? PY_NAN : null;
      }
    }
    this.parts = [out];
    return out;
  }

  /** A part of the list; runs of text are shared, not copied. */
  slice(from: number, to: number): PyList {
    const out = new PyList();
    let start = 0;
    for (const part of this.parts) {
      const a = Math.max(from, start) - start;
      const b = Math.min(to, start + part.length) - start;
      if (a < b) {
        out.parts.push(isRun(part) ? { source: part.source, refs: part.refs.subarray(a, b), length: b - a } : part.slice(a, b));
        out.length += b - a;
      }
      start += part.length;
    }
    return out;
  }

  /** References of a list that is one run of text and missing values; null for any other. */
  get refs(): { source: TextSource; refs: Refs } | null {
    const [only] = this.parts;
    if (this.parts.length !== 1 || only === undefined || !isRun(only)) return null;
    return { source: only.source, refs: only.refs.subarray(0, only.length) };
  }
}

