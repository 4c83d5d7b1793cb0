/** Files that hold files, known by their first bytes. */
export type Container = 'zip' | 'gzip' | 'bzip2' | 'xz' | 'zstd' | 'tar';

const starts = (bytes: Uint8Array, magic: readonly number[], at = 0): boolean => magic.every((byte, i) => bytes[at + i] === byte);

export const containerOf = (head: Uint8Array): Container | null => {
  if (starts(head, [0x50, 0x4b, 0x03, 0x04]) || starts(head, [0x50, 0x4b, 0x05, 0x06]) || starts(head, [0x50, 0x4b, 0x07, 0x08])) return 'zip';
  if (starts(head, [0x1f, 0x8b, 0x08])) return 'gzip';
  if (starts(head, [0x42, 0x5a, 0x68]) && starts(head, [0x31, 0x41, 0x59, 0x26, 0x53, 0x59], 4)) return 'bzip2';
  if (starts(head, [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00])) return 'xz';
  if (starts(head, [0x28, 0xb5, 0x2f, 0xfd])) return 'zstd';
  if (starts(head, [0x75, 0x73, 0x74, 0x61, 0x72], 257)) return 'tar';
  return null;
};
