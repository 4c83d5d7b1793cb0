/**
 * The opcode machine: pickle protocols 0–5 to inert values.
 * Owns: the opcodes and their arguments. Must not: call, import or resolve
 * anything; names go to the closed table in globals.ts, calls to handlers of that table.
 *
 * Every declared length is checked against the bytes that are left before anything is made.
 */

import { Buffer } from 'node:buffer';
import { atOffset, malformed, PickleError, quoteForMessage, refused } from './errors.ts';
import { buildState, callGlobal, newObject, resolveGlobal } from './globals.ts';
import type { Budget } from './limits.ts';
import {
  assertAscii, createTextReader, decodeLong, decodeQuotedString, decodeRawUnicodeEscape, parseDecimal, parsePyFloat,
} from './text-decode.ts';
import { PyList } from './py-list.ts';
import { createMachineStack } from './machine-stack.ts';
import { createTextSource, REF_BASE } from './text-store.ts';
import { PY_NAN, PyBytes, PyFloat } from './py-scalars.ts';
import { PyDict, PySet, PyTuple, aType, type PyValue } from './values.ts';

const HIGHEST_PROTOCOL = 5;

/** Runs one pickle and returns the value at its STOP. Throws PickleError only. */
export function runPickle(bytes: Uint8Array, budget: Budget): PyValue {
  const total = bytes.length;
  const view = new DataView(bytes.buffer, bytes.byteOffset, total);
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, total);
  const text = createTextReader(bytes);
  const source = createTextSource(bytes);
  const stack = createMachineStack(source, budget.limits);
  let pos = 0;
  let opAt = 0;
  let steps = 0;

  function need(length: number): number {
    if (!(length <= total - pos)) throw malformed('it ends in the middle of a value');
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
    if (end < 0) throw malformed('a line has no end');
    const out = buffer.toString('latin1', pos, end);
    pos = end + 1;
    return out;
  }
  function memoIndex(): number {
    const digits = line();
    const index = parseDecimal(digits);
    if (typeof index !== 'number' || index < 0 || index > 0xffff_ffff) throw malformed('a memo number is out of range');
    return index;
  }
  function asList(target: PyValue | undefined): PyList {
    if (!(target instanceof PyList)) throw malformed('values are appended to something that is not a list');
    return target;
  }
  function dictTarget(): PyDict {
    const target = stack.top();
    if (!(target instanceof PyDict)) throw malformed('items are set on something that is not a dict');
    return target;
  }
  function setPairs(dict: PyDict, items: PyValue[]): void {
    if (items.length % 2 !== 0) throw malformed('a dict has a key without a value');
    dict.setPairs(items);
  }
  function tupleArgs(value: PyValue): PyValue[] {
    if (!(value instanceof PyTuple)) throw malformed(`arguments are ${aType(value)}, not a tuple`);
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
    stack.pushRef(opAt + REF_BASE);
    // What follows nearly every text is its memo number.
    if (pos < total && bytes[pos] === 0x94) {
      pos++;
      stack.putNext();
    }
  }
  function pushObject(value: PyValue): void {
    budget.object(2);
    stack.push(value);
  }
  function pushFloat(value: number): void {
    if (Number.isNaN(value)) stack.push(PY_NAN);
    else {
      budget.object(1);
      stack.push(new PyFloat(value));
    }
  }
  function positiveInt32(): number {
    const length = view.getInt32(need(4), true);
    if (length < 0) throw malformed('a length is negative');
    return length;
  }

  function run(): PyValue {
    for (;;) {
      opAt = pos;
      if (pos >= total) throw malformed(total === 0 ? 'the file is empty' : 'it has no end mark');
      if ((++steps & 0xfff) === 0) budget.checkTime();
      const op = bytes[pos++] as number;
      switch (op) {
        // The two that dominate object columns come first.
        case 0x8c: // SHORT_BINUNICODE
          pushText(bytes[need(1)] as number);
          break;
        case 0x94: // MEMOIZE
          stack.putNext();
          break;
        case 0x68: // BINGET
          stack.pushMemo(bytes[need(1)] as number);
          break;
        case 0x6a: // LONG_BINGET
          stack.pushMemo(view.getUint32(need(4), true));
          break;
        case 0x58: // BINUNICODE
          pushText(view.getUint32(need(4), true));
          break;
        case 0x71: // BINPUT
          stack.put(bytes[need(1)] as number);
          break;
        case 0x72: // LONG_BINPUT
          stack.put(view.getUint32(need(4), true));
          break;
        case 0x47: // BINFLOAT
          pushFloat(view.getFloat64(need(8), false));
          break;
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
          stack.mark();
          break;
        case 0x29: // EMPTY_TUPLE
          pushObject(new PyTuple([]));
          break;
        case 0x85: // TUPLE1
          pushObject(new PyTuple([stack.pop()]));
          break;
        case 0x86: { // TUPLE2
          const b = stack.pop();
          pushObject(new PyTuple([stack.pop(), b]));
          break;
        }
        case 0x87: { // TUPLE3
          const c = stack.pop();
          const b = stack.pop();
          pushObject(new PyTuple([stack.pop(), b, c]));
          break;
        }
        case 0x74: // TUPLE
          pushObject(new PyTuple(stack.popGroup()));
          break;
        case 0x5d: // EMPTY_LIST
          pushObject(new PyList());
          break;
        case 0x6c: // LIST
          pushObject(PyList.of(stack.popGroup()));
          break;
        case 0x61: { // APPEND
          const value = stack.pop();
          asList(stack.top()).push(value);
          break;
        }
        case 0x65: // APPENDS
          stack.appendGroup(asList);
          break;
        case 0x7d: // EMPTY_DICT
          pushObject(new PyDict());
          break;
        case 0x64: { // DICT
          const dict = new PyDict();
          setPairs(dict, stack.popGroup());
          pushObject(dict);
          break;
        }
        case 0x73: { // SETITEM
          const value = stack.pop();
          const key = stack.pop();
          dictTarget().set(key, value);
          break;
        }
        case 0x75: { // SETITEMS
          const items = stack.popGroup();
          setPairs(dictTarget(), items);
          break;
        }
        case 0x8f: // EMPTY_SET
          pushObject(new PySet(false));
          break;
        case 0x90: { // ADDITEMS
          const items = stack.popGroup();
          const target = stack.top();
          if (!(target instanceof PySet) || target.frozen) throw malformed('items are added to something that is not a set');
          for (const item of items) target.add(item);
          break;
        }
        case 0x91: { // FROZENSET
          const frozen = new PySet(true);
          for (const item of stack.popGroup()) frozen.add(item);
          pushObject(frozen);
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
          stack.push(assertAscii(buffer.toString('latin1', at, at + length)));
          break;
        }
        case 0x55: { // SHORT_BINSTRING
          const length = bytes[need(1)] as number;
          const at = need(length);
          stack.push(assertAscii(buffer.toString('latin1', at, at + length)));
          break;
        }
        case 0x53: // STRING
          stack.push(decodeQuotedString(line()));
          break;
        case 0x56: // UNICODE
          stack.push(decodeRawUnicodeEscape(line()));
          break;
        case 0x49: { // INT
          const digits = line();
          stack.push(digits === '01' ? true : digits === '00' ? false : parseDecimal(digits));
          break;
        }
        case 0x4c: // LONG
          stack.push(parseDecimal(line().replace(/L$/, '')));
          break;
        case 0x46: // FLOAT
          pushFloat(parsePyFloat(line()));
          break;
        case 0x67: // GET
          stack.pushMemo(memoIndex());
          break;
        case 0x70: // PUT
          stack.put(memoIndex());
          break;
        case 0x30: // POP
          stack.drop();
          break;
        case 0x31: // POP_MARK
          stack.dropGroup();
          break;
        case 0x32: // DUP
          stack.duplicate();
          break;
        case 0x63: { // GLOBAL
          const module = line();
          stack.push(resolveGlobal(module, line()));
          break;
        }
        case 0x93: { // STACK_GLOBAL
          const name = stack.pop();
          const module = stack.pop();
          if (typeof name !== 'string' || typeof module !== 'string') throw malformed('a type name is not a text');
          stack.push(resolveGlobal(module, name));
          break;
        }
        case 0x52: { // REDUCE
          const args = tupleArgs(stack.pop());
          pushObject(callGlobal(stack.pop(), args, budget));
          break;
        }
        case 0x81: { // NEWOBJ
          const args = tupleArgs(stack.pop());
          pushObject(newObject(stack.pop(), args, budget));
          break;
        }
        case 0x92: { // NEWOBJ_EX
          const named = stack.pop();
          const args = tupleArgs(stack.pop());
          if (!(named instanceof PyDict)) throw malformed('named arguments are not a dict');
          if (named.size > 0) throw refused('creates an object with named arguments');
          pushObject(newObject(stack.pop(), args, budget));
          break;
        }
        case 0x69: { // INST
          const module = line();
          const target = resolveGlobal(module, line());
          pushObject(callGlobal(target, stack.popGroup(), budget));
          break;
        }
        case 0x6f: { // OBJ
          const group = stack.popGroup();
          const target = group.shift();
          if (target === undefined) throw malformed('an object has no type');
          pushObject(callGlobal(target, group, budget));
          break;
        }
        case 0x62: { // BUILD
          const state = stack.pop();
          buildState(stack.top(), state, budget);
          break;
        }
        case 0x80: { // PROTO
          const protocol = bytes[need(1)] as number;
          if (protocol > HIGHEST_PROTOCOL) throw malformed(`it says protocol ${protocol}; 0 to ${HIGHEST_PROTOCOL} exist`);
          break;
        }
        case 0x95: { // FRAME
          if (length64() > total - pos) throw malformed('it ends in the middle of a frame');
          break;
        }
        case 0x2e: { // STOP
          // Bytes after the end mark are ignored, as Python does.
          return stack.pop();
        }
        case 0x50: // PERSID
          throw refused(`points to an object outside the file (persistent id "${quoteForMessage(line())}")`);
        case 0x51: // BINPERSID
          throw refused('points to an object outside the file (a persistent id)');
        case 0x82: // EXT1
          throw refused(`names a type by extension code ${bytes[need(1)]}`);
        case 0x83: // EXT2
          throw refused(`names a type by extension code ${view.getUint16(need(2), true)}`);
        case 0x84: // EXT4
          throw refused(`names a type by extension code ${view.getInt32(need(4), true)}`);
        case 0x97: // NEXT_BUFFER
        case 0x98: // READONLY_BUFFER
          throw refused('keeps part of its data in buffers outside the file');
        default:
          throw malformed(`0x${op.toString(16).padStart(2, '0')} is not a pickle instruction`);
      }
    }
  }

  try {
    return run();
  } catch (error) {
    throw error instanceof PickleError ? atOffset(error, opAt) : error;
  }
}
