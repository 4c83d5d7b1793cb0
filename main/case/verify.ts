/**
 * Verification of a whole case: files, database, log, and the rows against the log. Works on its own connection and snapshot, so that
 * work can go on meanwhile. Owns the order and the report; must not repair.
 */
import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { Database } from 'better-sqlite3';
import type { VerifyFinding, VerifyReport } from '../contract/index.ts';
import type { JobContext } from '../jobs/types.ts';
import type { Clock } from '../shared/clock.ts';
import { fileBytes } from './backup.ts';
import { readBoard, readEvidence, readTables } from './catalogue.ts';
import type { SetAside } from './catalogue.ts';
import { saveChecks } from './check-state.ts';
import { guardedAsync, isDamage } from './failures.ts';
import { sideFiles } from './layout.ts';
import { storedHead } from './log.ts';
import { createPacer } from './pacing.ts';
import type { Pacer } from './pacing.ts';
import type { OpenSession } from './session.ts';
import { openReader, openScratch } from './sqlite.ts';
import { verifyFiles } from './verify-files.ts';
import { verifyAgainstBackups, verifyLog } from './verify-log.ts';
import { verifyState } from './verify-state.ts';

export type VerifyWork = Pick<JobContext, 'signal' | 'progress'>;

/** Bytes above which the database is checked table by table, giving way in between. */
const checkWholeBytes = 64_000_000;

const checkDatabase = async (db: Database, bytes: number, pace: Pacer): Promise<VerifyFinding[]> => {
  const broken = (name: string, detail: string): VerifyFinding => ({ kind: 'database', name, problem: 'broken', detail });
  const findings: VerifyFinding[] = [];
  const tables = db.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`).pluck().all() as string[];
  for (const target of bytes <= checkWholeBytes ? [null] : tables) {
    await pace();
    const lines = db.pragma(target === null ? 'integrity_check(20)' : `integrity_check("${target.replaceAll('"', '""')}")`) as { integrity_check: string }[];
    for (const { integrity_check: line } of lines) if (line !== 'ok') findings.push(broken('case.db', line));
  }
  const orphans = db.pragma('foreign_key_check') as { table: string; parent: string }[];
  for (const { table, parent } of orphans.slice(0, 20)) findings.push(broken('case.db', `A row of “${table}” refers to a row of “${parent}” that is not there.`));
  return findings;
};

const setAsideFinding = ({ what, name, detail }: SetAside): VerifyFinding => ({ kind: 'database', name: `${what} ${name}`, problem: 'unreadable', detail: `The row can’t be read and was left out: ${detail}` });

/** Pages that can't be read end a step, not the verification: the report says so. */
const orBroken = async (what: string, step: () => Promise<VerifyFinding[]>): Promise<VerifyFinding[]> => {
  try {
    return await step();
  } catch (thrown) {
    if (!isDamage(thrown)) throw thrown;
    return [{ kind: 'database', name: 'case.db', problem: 'broken', detail: `${what} can’t be read to its end: ${String(thrown)}` }];
  }
};

/** Throws `cancelled`. Remembers what it found for each file, unless the case is read-only. */
export const verifyCase = (session: OpenSession, clock: Clock, work: VerifyWork): Promise<VerifyReport> =>
  guardedAsync('Verifying the case', async () => {
    const pace = createPacer(clock, work.signal);
    const db = openReader(session.db.name);
    const scratchFile = path.join(session.tempDir, `verify-${randomBytes(6).toString('hex')}.db`);
    try {
      db.exec('BEGIN');
      const tables = readTables(db, { hidden: true });
      const evidence = readEvidence(db, { hidden: true });
      const board = readBoard(db);
      const revision = storedHead(db).seq;
      const total = [...tables.items, ...evidence.items].reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
      let done = 0;
      const stage = (text: string): void => work.progress({ stage: text });
      work.progress({ unit: 'bytes', done, total });

      const files = await verifyFiles(session.folder, tables.items, evidence.items, {
        signal: work.signal,
        stage,
        onBytes: (bytes) => {
          done += bytes;
          work.progress({ done });
        },
      });
      stage('Checking case.db');
      const database = await orBroken('case.db', () => checkDatabase(db, fileBytes(session.db.name), pace));
      stage('Checking the action log');
      let logEntries = 0;
      const log = await orBroken('The action log', async () => {
        const chain = await verifyLog(db, pace);
        logEntries = chain.entries;
        return [...chain.findings, ...(await verifyAgainstBackups(db, session.layout, pace))];
      });
      stage('Comparing case.db with the action log');
      const scratch = openScratch(scratchFile);
      const state = await orBroken('case.db', () => verifyState(db, scratch, pace)).finally(() => scratch.close());

      const setAside = [...tables.setAside, ...evidence.setAside, ...board.setAside].map(setAsideFinding);
      const findings = [...files.findings, ...database, ...setAside, ...log, ...state];
      const report: VerifyReport = {
        ok: findings.length === 0,
        evidenceChecked: files.evidenceChecked,
        evidenceAbsent: files.evidenceAbsent,
        tablesChecked: files.tablesChecked,
        logEntries,
        findings,
      };
      session.aside((writer) => saveChecks(writer, files.checked, { ok: report.ok, atUs: clock.nowUs(), revision }));
      return report;
    } finally {
      db.close();
      for (const file of [scratchFile, ...sideFiles(scratchFile)]) await rm(file, { force: true });
    }
  });
