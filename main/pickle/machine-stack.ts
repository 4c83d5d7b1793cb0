/**
 * The machine's stack, marks and memo.
 * Owns: bounds of all three, and texts that stay references into the file while they lie here.
 * Must not: know opcodes.
 */

import { limitReached, malformed } from './errors.ts';
import type { PickleLimits } from './limits.ts';
import type { PyList } from './py-list.ts';
import { PY_NAN, PySingleton } from './py-scalars.ts';
import { REF_NAN, REF_NONE, type TextSource } from './text-store.ts';
import type { PyValue } from './values.ts';

/** Memo numbers may run ahead of the dense part by this much before the sparse map is used. */
const MEMO_GAP = 16;
/** Shorter runs of text inside other values are not worth their own storage. */
const MIN_TEXT_RUN = 32;
const UNSET: unique symbol = Symbol('unset memo entry');
/** A number is a text reference (texts are by far the most); memoised numbers are boxed. */
type MemoEntry = PyValue | { boxed: number } | typeof UNSET;
/** Stands on the stack for a text that is still bytes; its reference lies beside it. */
const TEXT = new PySingleton('text');

export type MachineStack = ReturnType<typeof createMachineStack>;

export function createMachineStack(source: TextSource, limits: PickleLimits) {
  const { maxMemo } = limits;
  const maxMarks = limits.maxDepth * 4 + 64;
  const stack: PyValue[] = [];
  /** References of the TEXT slots, by stack position. */
  let refs = source.makeRefs(1024);
  const marks: number[] = [];
  /** Values below belong to an outer group. */
  let fence = 0;
  const memo: MemoEntry[] = [];
  const sparseMemo = new Map<number, MemoEntry>();
  /** Dense entries below this need no further check; 0 once the sparse map is in use. */
  let memoRoom = maxMemo;

  function checkTop(): number {
    if (stack.length <= fence) throw malformed('it takes more values than it made');
    return stack.length - 1;
  }
  function valueAt(index: number): PyValue {
    const value = stack[index] as PyValue;
    return value === TEXT ? source.textOf(refs[index] as number) : value;
  }
  function pushRef(ref: number): void {
    const at = stack.push(TEXT) - 1;
    if (at >= refs.length) {
      const grown = source.makeRefs(Math.max(refs.length * 2, at + 1));
      grown.set(refs);
      refs = grown;
    }
    refs[at] = ref;
  }
  function popMark(): number {
    const at = marks.pop();
    if (at === undefined) throw malformed('a group is closed that was not opened');
    fence = marks.length === 0 ? 0 : (marks[marks.length - 1] as number);
    return at;
  }
  function memoise(index: number, value: MemoEntry): void {
    if (memo.length + sparseMemo.size >= maxMemo) throw limitReached(`it numbers more than ${maxMemo} objects`);
    if (index < memo.length) memo[index] = value;
    else if (index === memo.length) memo.push(value);
    else if (index - memo.length <= MEMO_GAP) {
      while (memo.length < index) memo.push(sparseMemo.get(memo.length) ?? UNSET);
      memo.push(value);
    } else {
      sparseMemo.set(index, value);
      memoRoom = 0;
    }
  }
  function isTextSlot(index: number): boolean {
    const value = stack[index];
    return value === TEXT || value === null || value === PY_NAN;
  }
  function appendRefs(list: PyList, from: number, to: number): void {
    if (from >= to) return;
    list.pushRefs(source, to - from, (i) => {
      const value = stack[from + i];
      return value === TEXT ? (refs[from + i] as number) : value === null ? REF_NONE : REF_NAN;
    });
  }

  return {
    push(value: PyValue): void {
      stack.push(value);
    },
    pushRef,
    pop(): PyValue {
      const at = checkTop();
      const value = stack.pop() as PyValue;
      return value === TEXT ? source.textOf(refs[at] as number) : value;
    },
    top(): PyValue {
      return valueAt(checkTop());
    },
    duplicate(): void {
      const at = checkTop();
      if (stack[at] === TEXT) pushRef(refs[at] as number);
      else stack.push(stack[at] as PyValue);
    },
    mark(): void {
      if (marks.length >= maxMarks) throw limitReached(`it is nested deeper than ${maxMarks} groups`);
      fence = stack.length;
      marks.push(fence);
    },
    /** POP: the top value, or the mark when nothing lies above it. */
    drop(): void {
      if (marks.length > 0 && fence === stack.length) popMark();
      else {
        checkTop();
        stack.pop();
      }
    },
    dropGroup(): void {
      stack.length = popMark();
    },
    popGroup(): PyValue[] {
      const from = popMark();
      const group = stack.splice(from);
      for (let i = 0; i < group.length; i++) if (group[i] === TEXT) group[i] = source.textOf(refs[from + i] as number);
      return group;
    },
    /** Moves the top group to the end of a list below it; long runs of text stay references. */
    appendGroup(listOf: (below: PyValue | undefined) => PyList): void {
      const from = popMark();
      const to = stack.length;
      const list = listOf(from > fence ? stack[from - 1] : undefined);
      let a = from;
      while (a < to && isTextSlot(a)) a++;
      let b = to;
      while (b > a && isTextSlot(b - 1)) b--;
      if (a - from < MIN_TEXT_RUN) a = from;
      if (to - b < MIN_TEXT_RUN) b = to;
      appendRefs(list, from, a);
      if (a < b) {
        const values: PyValue[] = new Array<PyValue>(b - a);
        for (let i = a; i < b; i++) values[i - a] = valueAt(i);
        list.pushAll(values);
      }
      appendRefs(list, b, to);
      stack.length = from;
    },
    /** Numbers the top value. */
    put(index: number): void {
      const at = checkTop();
      const value = stack[at] as PyValue;
      memoise(index, value === TEXT ? (refs[at] as number) : typeof value === 'number' ? { boxed: value } : value);
    },
    /** Gives the top value the next free number. */
    putNext(): void {
      const at = checkTop();
      const value = stack[at] as PyValue;
      const entry = value === TEXT ? (refs[at] as number) : typeof value === 'number' ? { boxed: value } : value;
      if (memo.length < memoRoom) memo.push(entry);
      else memoise(memo.length, entry);
    },
    /** Pushes a numbered value again. */
    pushMemo(index: number): void {
      const dense = index < memo.length ? (memo[index] as MemoEntry) : UNSET;
      const value = dense === UNSET ? sparseMemo.get(index) : dense;
      if (value === undefined || value === UNSET) throw malformed(`it refers to object ${index}, which does not exist`);
      if (typeof value === 'number') pushRef(value);
      else stack.push(typeof value === 'object' && value !== null && 'boxed' in value ? value.boxed : value);
    },
  };
}
