/**
 * Small text helpers of the generator: encoded PowerShell, digests of invented files, hexadecimal ids as Windows writes them.
 */
import { createHash } from 'node:crypto';

/** What `powershell.exe -EncodedCommand` takes: base64 of the UTF-16LE bytes. */
export const encodePowerShell = (script: string): string => Buffer.from(script, 'utf16le').toString('base64');

/** Process and logon ids as the Windows event log writes them: `0x1b74`. */
export const hexId = (value: number): string => `0x${value.toString(16)}`;

/** Digest of a file that exists only in this story. */
export const inventedHash = (algorithm: 'md5' | 'sha1' | 'sha256', name: string): string =>
  createHash(algorithm).update(`lantern sample file: ${name}`).digest('hex');

export const sha256Hex = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Last component of a Windows path. */
export const baseName = (path: string): string => path.slice(path.lastIndexOf('\\') + 1);

/** Everything before the last component of a Windows path, without the separator. */
export const dirName = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('\\')));
