/**
 * Writes the archive format Electron reads app code from (asar): a header with file sizes and offsets, then the bytes.
 * Owns: that encoding for a few small flat files. Must not: grow into a packager.
 */

/**
 * @param {Record<string, Buffer>} files flat file name → content
 * @returns {Buffer}
 */
export function encodeAsar(files) {
  /** @type {Record<string, { size: number, offset: string }>} */
  const entries = {};
  let offset = 0;
  for (const [name, content] of Object.entries(files)) {
    entries[name] = { size: content.length, offset: String(offset) };
    offset += content.length;
  }
  const json = Buffer.from(JSON.stringify({ files: entries }));
  const padded = Math.ceil(json.length / 4) * 4;
  // Two nested length-prefixed records: [4, headerSize] and [payloadSize, jsonLength, json, padding].
  const header = Buffer.alloc(16 + padded);
  header.writeUInt32LE(4, 0);
  header.writeUInt32LE(8 + padded, 4);
  header.writeUInt32LE(4 + padded, 8);
  header.writeUInt32LE(json.length, 12);
  json.copy(header, 16);
  return Buffer.concat([header, ...Object.values(files)]);
}
