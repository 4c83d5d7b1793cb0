/**
 * Electron's fuse wire: reading and writing the switches baked into the binary.
 * Owns: locating the wire and changing it. Must not: choose which fuses a build gets; callers say so.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const sentinel = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX');
const wireVersion = 1;

/**
 * Where the wire starts and what it says: one character per fuse, `1` on, `0` off, `r` removed.
 * @param {Buffer} binary
 */
export function readFuses(binary) {
  const at = binary.indexOf(sentinel);
  if (at < 0) throw new Error('The binary has no fuse wire.');
  if (binary.indexOf(sentinel, at + 1) >= 0) throw new Error('The binary has more than one fuse wire.');
  const start = at + sentinel.length;
  if (binary[start] !== wireVersion) throw new Error(`Fuse wire version ${binary[start]} is not known.`);
  const length = binary[start + 1] ?? 0;
  return { offset: start + 2, wire: binary.toString('latin1', start + 2, start + 2 + length) };
}

/**
 * Writes a wire of the same length into an Electron binary.
 * @param {string} file
 * @param {string} wire
 */
export function writeFuses(file, wire) {
  const binary = readFileSync(file);
  const { offset, wire: old } = readFuses(binary);
  if (old.length !== wire.length) throw new Error(`The binary has ${old.length} fuses, not ${wire.length}.`);
  binary.write(wire, offset, 'latin1');
  writeFileSync(file, binary);
}
