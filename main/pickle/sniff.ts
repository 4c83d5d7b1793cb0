/**
 * Is this a pickle? A guess from the first bytes.
 * Owns: looksLikePickle. Must not: parse beyond the head.
 */

const PROTO = 0x80;
/** Opcodes with which protocols 0 and 1 start real data (containers, objects, marks). */
const OLD_STARTS = new Set([0x28, 0x5d, 0x7d, 0x29, 0x63]);
const TEXT_GLOBAL = /^c(copy_reg|copyreg|pandas|numpy|collections|__builtin__|builtins|datetime)[A-Za-z0-9_.]*\n[A-Za-z_][A-Za-z0-9_]*\n/;
const TEXT_CONTAINER = /^\((?:lp|dp|l|d|t|i[A-Za-z_])[0-9]*[\n(A-Za-z_]/;

/** Confidence 0–1 that a file with this head is a pickle (protocols 0–5, not compressed). */
export function looksLikePickle(head: Uint8Array): number {
  if (head.length < 2) return 0;
  const first = head[0] as number;
  const second = head[1] as number;
  if (first === PROTO) {
    if (second > 5) return 0;
    const third = head[2];
    if (third === undefined) return 0.6;
    // Protocol 4 and later put a frame first unless the data is tiny.
    if (second >= 4) return third === 0x95 ? 0.99 : 0.85;
    if (second === 2 || second === 3) return isOpcode(third) ? 0.95 : 0.4;
    return 0.3;
  }
  if (!OLD_STARTS.has(first)) return 0;
  const text = Array.from(head.subarray(0, 200), (b) => String.fromCharCode(b)).join('');
  if (TEXT_GLOBAL.test(text)) return 0.95;
  if (TEXT_CONTAINER.test(text)) return 0.7;
  // Protocol 1 containers: EMPTY_LIST or EMPTY_DICT, BINPUT 0.
  if ((first === 0x5d || first === 0x7d) && second === 0x71 && head[2] === 0x00) return 0.9;
  return 0;
}

function isOpcode(byte: number): boolean {
  return (byte >= 0x80 && byte <= 0x98) || '(.0123FIJKLMNPQRSTUVXabcdeghijlopqrstuBCG])}'.includes(String.fromCharCode(byte));
}
