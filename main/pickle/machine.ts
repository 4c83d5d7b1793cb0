/**
 * The opcode machine: pickle protocols 0–5 to inert values.
 * Owns: stack, marks, memo, opcode arguments, bounds. Must not: call, import or resolve
 * anything; names go to the closed table in globals.ts, calls to handlers of that table.
 *
 * Every declared length is checked against the bytes that are left before anything is made.
 */

import { Buffer } from 'node:buffer';
import { limitReached, malformed, quoteForMessage, refused } from './errors.ts';
import { buildState, callGlobal, newObject, resolveGlobal } from './globals.ts';
import type { Budget } from './limits.ts';
import {
  assertAscii, createTextReader, decodeLong, decodeQuotedString, decodeRawUnicodeEscape, parseDecimal, parsePyFloat,
} from './text-decode.ts';
import { PyList } from './py-list.ts';
import { createTextSource, REF_BASE, REF_NAN, REF_NONE } from './text-store.ts';
import { PY_NAN, PyBytes, PyFloat, PySingleton } from './py-scalars.ts';
import { PyDict, PySet, PyTuple, aType, type PyValue } from './values.ts';

const HIGHEST_PROTOCOL = 5;
/** Memo numbers may run ahead of the dense part by this much before the sparse map is used. */
const MEMO_GAP = 16;
const UNSET: unique symbol = Symbol('unset memo entry');
/** A number is a text reference (texts are by far the most); memoised numbers are boxed. */
type MemoEntry = PyValue | { boxed: number } | typeof UNSET;
/** Stands on the stack for a text that is still bytes; its reference lies beside it. */
const TEXT = new PySingleton('text');
/** Shorter runs of text inside other values are not worth their own storage. */
const MIN_TEXT_RUN = 32;

/** Runs one pickle and returns the value at its STOP. Throws PickleError only. */
export function runPickle(bytes: Uint8Array, budget: Budget): PyValue {
  const total = bytes.length;
  const view = new DataView(bytes.buffer, bytes.byteOffset, total);
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, total);
  const text = createTextReader(bytes);
  const source = createTextSource(bytes);
  const { maxMemo, maxDepth } = budget.limits;
  const maxMarks = maxDepth * 4 + 64;

  const stack: PyValue[] = [];
  /** References of the TEXT slots, by stack position. */
  let refs = source.makeRefs(1024);
  const marks: number[] = [];
  let fence = 0;
  const memo: MemoEntry[] = [];
  const sparseMemo = new Map<number, MemoEntry>();
  /** Dense entries below this need no further check; 0 once the sparse map is in use. */
  let memoRoom = maxMemo;
  let pos = 0;
  let opAt = 0;
  let steps = 0;

  function need(length: number): number {
    if (!(length <= total - pos)) throw malformed('it ends in the middle of a value', opAt);
    const at = pos;
    pos += length;
    return at;
  }
  /** A declared 8-byte length; larger than the file means damaged, never allocated. */
  function length64(): number {
    const at = need(8);
    return view.getUint32(at, true) + view.getUint32(at + 4, true) * 0x1_0000_0000;
  }
  function line(): string {
    const end = bytes.indexOf(0x0a, pos);
    if (end < 0) throw malformed('a line has no end', opAt);
    const out = buffer.toString('latin1', pos, end);
    pos = end + 1;
    return out;
  }
  function pop(): PyValue {
    if (stack.length <= fence) throw malformed('it takes more values than it made', opAt);
    const value = stack.pop() as PyValue;
    return value === TEXT ? source.textOf(refs[stack.length] as number) : value;
  }
  function top(): PyValue {
    if (stack.length <= fence) throw malformed('it takes more values than it made', opAt);
    return valueAt(stack.length - 1);
  }
  function valueAt(index: number): PyValue {
    const value = stack[index] as PyValue;
    return value === TEXT ? source.textOf(refs[index] as number) : value;
  }
  function pushRef(ref: number): void {
    const at = stack.push(TEXT) - 1;
    if (at >= refs.length) {
      const grown = source.makeRefs(refs.length * 2);
      grown.set(refs);
      refs = grown;
    }
    refs[at] = ref;
  }
  function popMark(): number {
    const at = marks.pop();
    if (at === undefined) throw malformed('a group is closed that was not opened', opAt);
    fence = marks.length === 0 ? 0 : (marks[marks.length - 1] as number);
    return at;
  }
  function popGroup(): PyValue[] {
    const from = popMark();
    const group = stack.splice(from);
    for (let i = 0; i < group.length; i++) if (group[i] === TEXT) group[i] = source.textOf(refs[from + i] as number);
    return group;
  }
  function put(index: number): void {
    if (stack.length <= fence) throw malformed('it takes more values than it made', opAt);
    const at = stack.length - 1;
    const value = stack[at] as PyValue;
    putEntry(index, value === TEXT ? (refs[at] as number) : typeof value === 'number' ? { boxed: value } : value);
  }
  function putEntry(index: number, value: MemoEntry): void {
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
  function pushMemo(index: number): void {
    const dense = index < memo.length ? (memo[index] as MemoEntry) : UNSET;
    const value = dense === UNSET ? sparseMemo.get(index) : dense;
    if (value === undefined || value === UNSET) throw malformed(`it refers to object ${index}, which does not exist`, opAt);
    if (typeof value === 'number') pushRef(value);
    else stack.push(typeof value === 'object' && value !== null && 'boxed' in value ? value.boxed : value);
  }
  function memoIndex(): number {
    const digits = line();
    const index = parseDecimal(digits, opAt);
    if (typeof index !== 'number' || index < 0 || index > 0xffff_ffff) throw malformed('a memo number is out of range', opAt);
    return index;
  }
  function listAt(depthFromTop: number): PyList {
    const index = stack.length - depthFromTop;
    const target = index > 0 && index - 1 >= fence ? stack[index - 1] : undefined;
    if (!(target instanceof PyList)) throw malformed('values are appended to something that is not a list', opAt);
    return target;
  }
  function dictTarget(): PyDict {
    const target = top();
    if (!(target instanceof PyDict)) throw malformed('items are set on something that is not a dict', opAt);
    return target;
  }
  function setPairs(dict: PyDict, items: PyValue[]): void {
    if (items.length % 2 !== 0) throw malformed('a dict has a key without a value', opAt);
    for (let i = 0; i < items.length; i += 2) dict.set(items[i] as PyValue, items[i + 1] as PyValue);
  }
  function tupleArgs(value: PyValue): PyValue[] {
    if (!(value instanceof PyTuple)) throw malformed(`arguments are ${aType(value)}, not a tuple`, opAt);
    return value.items;
  }
  function bytesAt(length: number): PyBytes {
    const at = need(length);
    return new PyBytes(bytes.subarray(at, at + length));
  }
  function utf8(length: number): string {
    return text.utf8(need(length), length);
  }
  /** Pushes a text as a reference; only its encoding is checked now. */
  function pushText(length: number): void {
    const at = need(length);
    if (!text.isValid(at, length)) {
      // Lone surrogates, or not UTF-8 at all: the strict decoder knows.
      stack.push(text.utf8(at, length));
      return;
    }
    pushRef(opAt + REF_BASE);
    // What follows nearly every text is its memo number.
    if (pos < total && bytes[pos] === 0x94) {
      pos++;
      if (memo.length < memoRoom) memo.push(opAt + REF_BASE);
      else putEntry(memo.length, opAt + REF_BASE);
    }
  }
  function isTextSlot(index: number): boolean {
    const value = stack[index];
    return value === TEXT || value === null || value === PY_NAN;
  }
  /** Appends stack slots to a list; long runs of text stay references. */
  function appendSlots(list: PyList, from: number, to: number): void {
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
  }
  function appendRefs(list: PyList, from: number, to: number): void {
    if (from >= to) return;
    list.pushRefs(source, to - from, (i) => {
      const value = stack[from + i];
      return value === TEXT ? (refs[from + i] as number) : value === null ? REF_NONE : REF_NAN;
    });
  }
  function positiveInt32(): number {
    const length = view.getInt32(need(4), true);
    if (length < 0) throw malformed('a length is negative', opAt);
    return length;
  }

  for (;;) {
    if (pos >= total) throw malformed(total === 0 ? 'the file is empty' : 'it has no end mark', pos);
    if ((++steps & 0xffff) === 0) budget.checkTime();
    opAt = pos;
    const op = bytes[pos++] as number;
    switch (op) {
      // The two that dominate object columns come first.
      case 0x8c: // SHORT_BINUNICODE
        pushText(bytes[need(1)] as number);
        break;
      case 0x94: // MEMOIZE
        put(memo.length);
        break;
      case 0x68: // BINGET
        pushMemo(bytes[need(1)] as number);
        break;
      case 0x6a: // LONG_BINGET
        pushMemo(view.getUint32(need(4), true));
        break;
      case 0x58: // BINUNICODE
        pushText(view.getUint32(need(4), true));
        break;
      case 0x71: // BINPUT
        put(bytes[need(1)] as number);
        break;
      case 0x72: // LONG_BINPUT
        put(view.getUint32(need(4), true));
        break;
      case 0x47: { // BINFLOAT
        const value = view.getFloat64(need(8), false);
        stack.push(Number.isNaN(value) ? PY_NAN : new PyFloat(value));
        break;
      }
      case 0x4e: // NONE
        stack.push(null);
        break;
      case 0x4b: // BININT1
        stack.push(bytes[need(1)] as number);
        break;
      case 0x4d: // BININT2
        stack.push(view.getUint16(need(2), true));
        break;
      case 0x4a: // BININT
        stack.push(view.getInt32(need(4), true));
        break;
      case 0x8a: { // LONG1
        const length = bytes[need(1)] as number;
        stack.push(decodeLong(bytes, need(length), length));
        break;
      }
      case 0x8b: { // LONG4
        const length = positiveInt32();
        stack.push(decodeLong(bytes, need(length), length));
        break;
      }
      case 0x88: // NEWTRUE
        stack.push(true);
        break;
      case 0x89: // NEWFALSE
        stack.push(false);
        break;
      case 0x28: // MARK
        if (marks.length >= maxMarks) throw limitReached(`it is nested deeper than ${maxMarks} groups`);
        marks.push(stack.length);
        fence = stack.length;
        break;
      case 0x29: // EMPTY_TUPLE
        stack.push(new PyTuple([]));
        break;
      case 0x85: // TUPLE1
        stack.push(new PyTuple([pop()]));
        break;
      case 0x86: { // TUPLE2
        const b = pop();
        stack.push(new PyTuple([pop(), b]));
        break;
      }
      case 0x87: { // TUPLE3
        const c = pop();
        const b = pop();
        stack.push(new PyTuple([pop(), b, c]));
        break;
      }
      case 0x74: // TUPLE
        stack.push(new PyTuple(popGroup()));
        break;
      case 0x5d: // EMPTY_LIST
        stack.push(new PyList());
        break;
      case 0x6c: // LIST
        stack.push(PyList.of(popGroup()));
        break;
      case 0x61: { // APPEND
        const list = listAt(1);
        list.push(pop());
        break;
      }
      case 0x65: { // APPENDS
        const from = popMark();
        const count = stack.length - from;
        const list = listAt(count);
        appendSlots(list, from, from + count);
        stack.length = from;
        break;
      }
      case 0x7d: // EMPTY_DICT
        stack.push(new PyDict());
        break;
      case 0x64: { // DICT
        const dict = new PyDict();
        setPairs(dict, popGroup());
        stack.push(dict);
        break;
      }
      case 0x73: { // SETITEM
        const value = pop();
        const key = pop();
        dictTarget().set(key, value);
        break;
      }
      case 0x75: { // SETITEMS
        const items = popGroup();
        setPairs(dictTarget(), items);
        break;
      }
      case 0x8f: // EMPTY_SET
        stack.push(new PySet(false));
        break;
      case 0x90: { // ADDITEMS
        const items = popGroup();
        const target = top();
        if (!(target instanceof PySet) || target.frozen) throw malformed('items are added to something that is not a set', opAt);
        for (const item of items) target.add(item);
        break;
      }
      case 0x91: { // FROZENSET
        const frozen = new PySet(true);
        for (const item of popGroup()) frozen.add(item);
        stack.push(frozen);
        break;
      }
      case 0x43: // SHORT_BINBYTES
        stack.push(bytesAt(bytes[need(1)] as number));
        break;
      case 0x42: // BINBYTES
        stack.push(bytesAt(view.getUint32(need(4), true)));
        break;
      case 0x8e: // BINBYTES8
      case 0x96: // BYTEARRAY8
        stack.push(bytesAt(length64()));
        break;
      case 0x8d: // BINUNICODE8
        stack.push(utf8(length64()));
        break;
      case 0x54: { // BINSTRING
        const length = positiveInt32();
        const at = need(length);
        stack.push(assertAscii(buffer.toString('latin1', at, at + length), opAt));
        break;
      }
      case 0x55: { // SHORT_BINSTRING
        const length = bytes[need(1)] as number;
        const at = need(length);
        stack.push(assertAscii(buffer.toString('latin1', at, at + length), opAt));
        break;
      }
      case 0x53: // STRING
        stack.push(decodeQuotedString(line(), opAt));
        break;
      case 0x56: // UNICODE
        stack.push(decodeRawUnicodeEscape(line(), opAt));
        break;
      case 0x49: { // INT
        const digits = line();
        stack.push(digits === '01' ? true : digits === '00' ? false : parseDecimal(digits, opAt));
        break;
      }
      case 0x4c: // LONG
        stack.push(parseDecimal(line().replace(/L$/, ''), opAt));
        break;
      case 0x46: // FLOAT
        stack.push(new PyFloat(parsePyFloat(line(), opAt)));
        break;
      case 0x67: // GET
        pushMemo(memoIndex());
        break;
      case 0x70: // PUT
        put(memoIndex());
        break;
      case 0x30: // POP
        if (marks.length > 0 && fence === stack.length) popMark();
        else pop();
        break;
      case 0x31: // POP_MARK
        stack.length = popMark();
        break;
      case 0x32: // DUP
        if (stack.length > fence && stack[stack.length - 1] === TEXT) pushRef(refs[stack.length - 1] as number);
        else stack.push(top());
        break;
      case 0x63: { // GLOBAL
        const module = line();
        stack.push(resolveGlobal(module, line(), opAt));
        break;
      }
      case 0x93: { // STACK_GLOBAL
        const name = pop();
        const module = pop();
        if (typeof name !== 'string' || typeof module !== 'string') throw malformed('a type name is not a text', opAt);
        stack.push(resolveGlobal(module, name, opAt));
        break;
      }
      case 0x52: { // REDUCE
        const args = tupleArgs(pop());
        stack.push(callGlobal(pop(), args, budget, opAt));
        break;
      }
      case 0x81: { // NEWOBJ
        const args = tupleArgs(pop());
        stack.push(newObject(pop(), args, budget, opAt));
        break;
      }
      case 0x92: { // NEWOBJ_EX
        const named = pop();
        const args = tupleArgs(pop());
        if (!(named instanceof PyDict)) throw malformed('named arguments are not a dict', opAt);
        if (named.size > 0) throw refused('creates an object with named arguments', opAt);
        stack.push(newObject(pop(), args, budget, opAt));
        break;
      }
      case 0x69: { // INST
        const module = line();
        const target = resolveGlobal(module, line(), opAt);
        stack.push(callGlobal(target, popGroup(), budget, opAt));
        break;
      }
      case 0x6f: { // OBJ
        const group = popGroup();
        const target = group.shift();
        if (target === undefined) throw malformed('an object has no type', opAt);
        stack.push(callGlobal(target, group, budget, opAt));
        break;
      }
      case 0x62: { // BUILD
        const state = pop();
        buildState(top(), state, opAt, budget);
        break;
      }
      case 0x80: { // PROTO
        const protocol = bytes[need(1)] as number;
        if (protocol > HIGHEST_PROTOCOL) throw malformed(`it says protocol ${protocol}; 0 to ${HIGHEST_PROTOCOL} exist`, opAt);
        break;
      }
      case 0x95: { // FRAME
        if (length64() > total - pos) throw malformed('it ends in the middle of a frame', opAt);
        break;
      }
      case 0x2e: { // STOP
        // Bytes after the end mark are ignored, as Python does.
        return pop();
      }
      case 0x50: // PERSID
        throw refused(`points to an object outside the file (persistent id "${quoteForMessage(line())}")`, opAt);
      case 0x51: // BINPERSID
        throw refused('points to an object outside the file (a persistent id)', opAt);
      case 0x82: // EXT1
        throw refused(`names a type by extension code ${bytes[need(1)]}`, opAt);
      case 0x83: // EXT2
        throw refused(`names a type by extension code ${view.getUint16(need(2), true)}`, opAt);
      case 0x84: // EXT4
        throw refused(`names a type by extension code ${view.getInt32(need(4), true)}`, opAt);
      case 0x97: // NEXT_BUFFER
      case 0x98: // READONLY_BUFFER
        throw refused('keeps part of its data in buffers outside the file', opAt);
      default:
        throw malformed(`0x${op.toString(16).padStart(2, '0')} is not a pickle instruction`, opAt);
    }
  }
}
