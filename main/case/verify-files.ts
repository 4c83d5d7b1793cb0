/**
 * Checks the bytes on disk: every table file against the catalogue, every copied original against the ledger, and originals that lie
 * elsewhere where they can be reached. Must not change anything.
 */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { CasebenchError } from '../contract/index.ts';
import type { VerifyFinding } from '../contract/index.ts';
import { sha256OfFile } from './files.ts';
import { insideCase } from './layout.ts';
import type { StoredEvidence, StoredTable } from './types.ts';

export type FileState = 'verified' | 'changed' | 'missing' | 'unreadable';
export type CheckedFile = { readonly kind: 'evidence' | 'table'; readonly id: string; readonly state: FileState };
export type FileReport = {
  evidenceChecked: number;
  evidenceAbsent: number;
  tablesChecked: number;
  findings: VerifyFinding[];
  checked: CheckedFile[];
};

export type FileWork = { readonly signal: AbortSignal; stage(text: string): void; onBytes(bytes: number): void };

type Expected = { readonly file: string; readonly sizeBytes: number; readonly sha256: string };
type Result = { readonly state: FileState; readonly detail: string };

const codeOf = (thrown: unknown): string => (thrown instanceof Error && 'code' in thrown ? String(thrown.code) : String(thrown));

const check = async ({ file, sizeBytes, sha256 }: Expected, work: FileWork): Promise<Result> => {
  let read = 0;
  const onBytes = (bytes: number): void => {
    read += bytes;
    work.onBytes(bytes);
  };
  try {
    const found = await stat(file);
    if (!found.isFile()) return { state: 'changed', detail: 'It is no longer a file.' };
    if (found.size !== sizeBytes) return { state: 'changed', detail: `It has ${found.size.toLocaleString('en-US')} bytes; ${sizeBytes.toLocaleString('en-US')} were recorded.` };
    const now = await sha256OfFile(file, { signal: work.signal, onBytes });
    return now === sha256 ? { state: 'verified', detail: '' } : { state: 'changed', detail: `Its SHA-256 is ${now}; ${sha256} was recorded.` };
  } catch (thrown) {
    if (thrown instanceof CasebenchError) throw thrown;
    const code = codeOf(thrown);
    if (code === 'ENOENT' || code === 'ENOTDIR') return { state: 'missing', detail: 'The file is not there.' };
    return { state: 'unreadable', detail: `The file can’t be read (${code}).` };
  } finally {
    // What did not have to be read is done all the same.
    work.onBytes(Math.max(0, sizeBytes - read));
  }
};

const inCase = async (folder: string, relative: string, expected: Omit<Expected, 'file'>, work: FileWork): Promise<Result> => {
  let file: string;
  try {
    file = insideCase(folder, relative);
  } catch {
    work.onBytes(expected.sizeBytes);
    return { state: 'changed', detail: `case.db names the file “${relative}”, which lies outside the case folder.` };
  }
  return check({ ...expected, file }, work);
};

const finding = (kind: 'evidence' | 'table', name: string, { state, detail }: Result): VerifyFinding[] =>
  state === 'verified' ? [] : [{ kind, name, problem: state, detail }];

const checkTables = async (folder: string, tables: readonly StoredTable[], work: FileWork, report: FileReport): Promise<void> => {
  for (const table of tables) {
    work.stage(`Checking table ${table.name}`);
    const result = await inCase(folder, table.file, table, work);
    report.tablesChecked += 1;
    report.checked.push({ kind: 'table', id: table.id, state: result.state });
    report.findings.push(...finding('table', `${table.name} (${table.file})`, result));
  }
};

const checkEvidence = async (folder: string, evidence: readonly StoredEvidence[], work: FileWork, report: FileReport): Promise<void> => {
  for (const one of evidence) {
    work.stage(`Checking evidence ${one.name}`);
    if (one.copyPath === null) {
      // A path of another system names nothing here.
      const result = await check({ file: path.isAbsolute(one.originalPath) ? one.originalPath : '', sizeBytes: one.sizeBytes, sha256: one.sha256 }, work);
      report.checked.push({ kind: 'evidence', id: one.id, state: result.state });
      // An original on a disk that isn't here now says nothing about the case.
      if (result.state === 'missing') {
        report.evidenceAbsent += 1;
        continue;
      }
      report.evidenceChecked += 1;
      report.findings.push(...finding('evidence', one.name, result));
    } else {
      const result = await inCase(folder, one.copyPath, one, work);
      report.evidenceChecked += 1;
      report.checked.push({ kind: 'evidence', id: one.id, state: result.state });
      report.findings.push(...finding('evidence', `${one.name} (${one.copyPath})`, result));
    }
  }
};

export const verifyFiles = async (folder: string, tables: readonly StoredTable[], evidence: readonly StoredEvidence[], work: FileWork): Promise<FileReport> => {
  const report: FileReport = { evidenceChecked: 0, evidenceAbsent: 0, tablesChecked: 0, findings: [], checked: [] };
  await checkEvidence(folder, evidence, work, report);
  await checkTables(folder, tables, work, report);
  return report;
};
