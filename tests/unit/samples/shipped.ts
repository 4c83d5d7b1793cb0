/**
 * Reads the shipped sample files the plain way, for the tests in this folder: archives, CSV, JSON lines, ground truth. Knows
 * nothing of the generator, so that what it finds is what an analyst would find.
 */
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync, unzipSync } from 'fflate';

export const SAMPLE_DIR = resolve(import.meta.dirname, '../../../resources/samples/lantern');

export type Cells = Readonly<Record<string, unknown>>;

export const fileNames = (): string[] => readdirSync(SAMPLE_DIR).sort();
export const fileBytes = (name: string): Uint8Array => new Uint8Array(readFileSync(join(SAMPLE_DIR, name)));
export const totalBytes = (): number => fileNames().reduce((sum, name) => sum + statSync(join(SAMPLE_DIR, name)).size, 0);

const decode = (bytes: Uint8Array): string => new TextDecoder('utf-8', { ignoreBOM: false }).decode(bytes);
export const fileText = (name: string): string => decode(fileBytes(name));

const unzipped = new Map<string, Record<string, Uint8Array>>();

/** Members of a zip or tar.gz by name. */
export function members(name: string): Record<string, Uint8Array> {
  const known = unzipped.get(name);
  if (known !== undefined) return known;
  const read = name.endsWith('.zip') ? unzipSync(fileBytes(name)) : untar(gunzipSync(fileBytes(name)));
  unzipped.set(name, read);
  return read;
}

function untar(bytes: Uint8Array): Record<string, Uint8Array> {
  const files: Record<string, Uint8Array> = {};
  for (let offset = 0; offset + 512 <= bytes.length && bytes[offset] !== 0;) {
    const field = (from: number, length: number): string => decode(bytes.subarray(offset + from, offset + from + length)).replace(/\0.*$/s, '');
    const size = Number.parseInt(field(124, 12), 8);
    files[field(0, 100)] = bytes.subarray(offset + 512, offset + 512 + size);
    offset += 512 + Math.ceil(size / 512) * 512;
  }
  return files;
}

export function member(archive: string, name: string): string {
  const bytes = members(archive)[name];
  if (bytes === undefined) throw new Error(`${archive} has no ${name}`);
  return decode(bytes);
}

const parsed = new Map<string, Cells[]>();

export function jsonLines(archive: string, name: string): Cells[] {
  const key = `${archive}/${name}`;
  const known = parsed.get(key);
  if (known !== undefined) return known;
  const rows = member(archive, name)
    .trimEnd()
    .split('\n')
    .map((line): Cells => JSON.parse(line) as Cells);
  parsed.set(key, rows);
  return rows;
}

/** Records of a CSV text with RFC 4180 quotes; an open quote at the end leaves the last record as it stands. */
export function csvRecords(text: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  let field = '';
  let quoted = false;
  for (let index = 0; index < text.length; index += 1) {
    const char = text[index] ?? '';
    if (quoted) {
      if (char !== '"') field += char;
      else if (text[index + 1] === '"') {
        field += '"';
        index += 1;
      } else quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === ',') {
      record.push(field);
      field = '';
    } else if (char === '\n') {
      records.push([...record, field]);
      record = [];
      field = '';
    } else if (char !== '\r') field += char;
  }
  if (field !== '' || record.length > 0) records.push([...record, field]);
  return records;
}

export function csvRows(text: string): Cells[] {
  const [header = [], ...records] = csvRecords(text);
  return records.map((record) => Object.fromEntries(header.map((column, index) => [column, record[index] ?? ''])));
}

export const time = (cell: unknown): number => Date.parse(String(cell));

type Hour = { readonly start: string; readonly extraBytes: number; readonly totalBytes: number };
type ChainStep = {
  readonly step: string;
  readonly image: string;
  readonly pid: number;
  readonly pidHex: string;
  readonly parentPid: number;
  readonly parentPidHex: string;
  readonly parentImage: string;
  readonly start: string;
  readonly end: string;
  readonly account: string;
  readonly logonId: string;
  readonly commandLine: string;
};
type AlertFacts = {
  readonly id: string;
  readonly name: string;
  readonly severity: string;
  readonly start: string;
  readonly tactic: string;
  readonly technique: string;
  readonly entities: number;
};

/** The parts of the ground truth that tests read. */
export type GroundTruth = {
  readonly attacker: {
    readonly ips: readonly string[];
    readonly domains: readonly string[];
    readonly signsInFrom: string;
    readonly resolvesTo: Readonly<Record<string, string>>;
    readonly certificateSha256: string;
  };
  readonly firstScreen: {
    readonly computer: string;
    readonly from: string;
    readonly to: string;
    readonly eventIds: readonly number[];
    readonly withoutMachineAccount: {
      readonly rows: number;
      readonly byEventId: Readonly<Record<string, number>>;
      readonly byAccount: Readonly<Record<string, number>>;
    };
    readonly machineAccount: { readonly rows: number };
    readonly distinctProcesses: number;
  };
  readonly processTree: {
    readonly computer: string;
    readonly processEvents: number;
    readonly inferredParents: number;
    readonly inferredImages: readonly string[];
    readonly nodes: number;
    readonly focus: { readonly pidHex: string; readonly descendants: number; readonly ancestors: readonly string[] };
  };
  readonly processChain: readonly ChainStep[];
  readonly encodedPowerShell: {
    readonly base64: string;
    readonly decoded: string;
    readonly url: string;
    readonly domain: string;
    readonly commandLine: string;
    readonly time: string;
    readonly onOtherHosts: readonly { readonly computer: string; readonly time: string; readonly commandLine: string }[];
  };
  readonly beacon: {
    readonly source: string;
    readonly destination: string;
    readonly pid: number;
    readonly connections: number;
    readonly intervalSeconds: number;
    readonly spreadSeconds: number;
    readonly last: string;
  };
  readonly harmlessTimers: readonly { readonly source: string; readonly destination: string; readonly intervalSeconds: number; readonly connections: number }[];
  readonly exfiltration: { readonly hoursInSeries: number; readonly hours: readonly Hour[]; readonly otherOddHours: readonly Hour[] };
  readonly rareMailboxSession: {
    readonly user: string;
    readonly ip: string;
    readonly sessions: number;
    readonly gapMinutes: number;
    readonly start: string;
    readonly operations: readonly string[];
  };
  readonly incidents: readonly { readonly number: number; readonly alerts: readonly AlertFacts[] }[];
  readonly alertsWithoutIncident: number;
  readonly encodedPowerShellAlert: string;
  readonly signinRejects: {
    readonly good: number;
    readonly rejected: number;
    readonly lines: { readonly tooManyColumns: readonly number[]; readonly unreadableTime: readonly number[]; readonly cutOff: readonly number[] };
  };
  readonly linux: { readonly account: string; readonly sudoCommands: number; readonly piped: string; readonly session: number };
  readonly tables: readonly { readonly file: string; readonly member: string; readonly table: string; readonly rows: number; readonly rejected: number }[];
};

export const truth = (): GroundTruth => JSON.parse(fileText('ground-truth.json')) as GroundTruth;

export const securityEvents = (): Cells[] => jsonLines('host-logs.zip', 'SecurityEvent.jsonl');
