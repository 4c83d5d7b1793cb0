/**
 * Checks the action log: the hash chain entry by entry, its end against what case.db and the backups remember of it.
 * Must not carry entries out; verify-state.ts does.
 */
import type { Database } from 'better-sqlite3';
import type { VerifyFinding } from '../contract/index.ts';
import { listBackups } from './backup.ts';
import { soundDetail } from './check-database.ts';
import type { Layout } from './layout.ts';
import { genesisHash, hashOf, readEntry, storedHead } from './log.ts';
import type { Head } from './log.ts';
import type { Pacer } from './pacing.ts';
import { openReader } from './sqlite.ts';

const broken = (name: string, problem: VerifyFinding['problem'], detail: string): VerifyFinding => ({ kind: 'log', name, problem, detail });

export const verifyLog = async (db: Database, pace: Pacer): Promise<{ entries: number; findings: VerifyFinding[] }> => {
  const findings: VerifyFinding[] = [];
  const seqs = db.prepare('SELECT seq FROM log WHERE seq > ? ORDER BY seq LIMIT 1').pluck();
  let head: Head = { seq: 0, hash: genesisHash };
  let entries = 0;
  for (;;) {
    await pace();
    const seq = seqs.get(head.seq) as number | undefined;
    if (seq === undefined) break;
    const entry = readEntry(db, seq);
    entries += 1;
    if (entry === null) {
      findings.push(broken(`Entry ${seq}`, 'unreadable', 'The entry is larger than any that Casebench writes. It was not loaded.'));
      head = { seq, hash: '' };
      continue;
    }
    const name = `Entry ${entry.seq}: ${entry.label.slice(0, 200)}`;
    if (entry.seq !== head.seq + 1) {
      const gap = entry.seq - head.seq - 1;
      findings.push(broken(`Entry ${head.seq + 1}`, 'missing', gap === 1 ? 'The entry is not in the log.' : `The entries ${head.seq + 1} to ${entry.seq - 1} are not in the log.`));
    } else if (entry.prev !== head.hash) {
      findings.push(broken(name, 'broken', `It does not follow entry ${head.seq}: one of the two was replaced.`));
    }
    if (hashOf(entry) !== entry.hash) findings.push(broken(name, 'changed', 'Its content no longer matches its hash: it was changed after it was written.'));
    head = { seq: entry.seq, hash: entry.hash };
  }
  const stored = storedHead(db);
  if (stored.seq > head.seq) {
    findings.push(broken('End of the log', 'missing', `case.db counted ${stored.seq.toLocaleString('en-US')} entries; the log ends at entry ${head.seq.toLocaleString('en-US')}.`));
  } else if (stored.seq !== head.seq || stored.hash !== head.hash) {
    findings.push(broken('End of the log', 'changed', `The log ends at entry ${head.seq.toLocaleString('en-US')} with another hash or count than case.db recorded.`));
  }
  return { entries, findings };
};

/** A log that was rewritten as a whole, hashes and all, no longer agrees with backups that were taken before. */
export const verifyAgainstBackups = async (db: Database, layout: Layout, pace: Pacer): Promise<VerifyFinding[]> => {
  const findings: VerifyFinding[] = [];
  for (const backup of await listBackups(layout)) {
    await pace();
    if (soundDetail(backup.path) !== null) continue;
    const copy = openReader(backup.path);
    const then = storedHead(copy);
    copy.close();
    const now = readEntry(db, then.seq);
    if (then.seq > 0 && now?.hash !== then.hash) {
      findings.push(broken(`Entry ${then.seq}`, now === null ? 'missing' : 'changed', `The log differs from the backup ${backup.name}, which was taken when entry ${then.seq} was the last.`));
    }
  }
  return findings;
};
