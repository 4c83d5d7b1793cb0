/** `case new`, `case info`, `case verify`. */
import path from 'node:path';
import { createCase, verifyCase } from '../case/index.ts';
import { formatBytes, plural } from '../shared/format.ts';
import { toIso } from '../shared/time.ts';
import { casePath, tableJson, withCase } from './open.ts';
import { progressLine } from './progress.ts';
import { textTable } from './text-table.ts';
import type { Verb } from './verb.ts';

export const caseNew: Verb = {
  name: 'case new',
  usage: '<folder>',
  summary: 'Make a new, empty case in a folder that does not exist yet.',
  details: ['The case takes its name from the folder (without “.case”) unless --name gives one.'],
  examples: ['casebench case new Lantern.case'],
  options: { name: { type: 'string', value: 'name', help: 'name of the case' } },
  positionals: { min: 1, max: 1 },
  async run({ positionals: [folder = ''], options, json, io }) {
    const dir = casePath(io, folder);
    const name = typeof options['name'] === 'string' && options['name'].trim() !== '' ? options['name'].trim() : path.basename(dir).replace(/\.case$/i, '');
    const session = await createCase(dir, name, { clock: io.clock, homeDir: io.homeDir });
    try {
      const { caseId } = session.info();
      await io.out(json ? `${JSON.stringify({ name, folder: dir, caseId })}\n` : `${dir}\n`);
    } finally {
      await session.close();
    }
    return 0;
  },
};

export const caseInfo: Verb = {
  name: 'case info',
  usage: '<case>',
  summary: 'What is in a case: evidence with its hashes, tables, size of the log.',
  details: [],
  examples: ['casebench case info Lantern.case --json'],
  options: {},
  positionals: { min: 1, max: 1 },
  run: ({ positionals: [folder = ''], json, io }) =>
    withCase(io, folder, 'read', async (session) => {
      const info = session.info();
      const tables = session.tables();
      if (json) {
        const answer = {
          name: info.name, caseId: info.caseId, folder: session.folder, created: toIso(info.createdUs), revision: info.revision,
          evidence: info.evidence.map((e) => ({ name: e.name, sizeBytes: e.sizeBytes, sha256: e.sha256, importer: e.importer, imported: toIso(e.importedUs), copied: e.copied, rows: e.rows, rejected: e.rejected })),
          tables: tables.map(tableJson),
        };
        await io.out(`${JSON.stringify(answer, null, 2)}\n`);
        return 0;
      }
      await io.out(`${info.name}\n${session.folder}\nmade ${toIso(info.createdUs)}, ${plural(info.revision, 'change')}\n\n`);
      await io.out(textTable(['evidence', 'size', 'rows', 'rejected', 'SHA-256'], info.evidence.map((e) => [e.name, formatBytes(e.sizeBytes), e.rows, e.rejected, e.sha256])));
      await io.out(`\n${textTable(['table', 'rows', 'columns', 'time column'], tables.map((t) => [t.name, t.rows, t.columns.length, t.timeColumn]))}`);
      return 0;
    }),
};

export const caseVerify: Verb = {
  name: 'case verify',
  usage: '<case>',
  summary: 'Check every hash of a case: evidence, tables, action log, database.',
  details: ['Exits with 0 only when nothing was found. Evidence that lies outside the case and is not reachable now is counted, not an error.'],
  examples: ['casebench case verify Lantern.case'],
  options: {},
  positionals: { min: 1, max: 1 },
  run: ({ positionals: [folder = ''], json, io }) =>
    withCase(io, folder, 'write', async (session) => {
      const progress = progressLine(io, 'Verifying');
      const report = await verifyCase(session, io.clock, { signal: io.signal, progress: progress.update }).finally(progress.clear);
      if (json) await io.out(`${JSON.stringify(report, null, 2)}\n`);
      else {
        await io.out(
          `${report.ok ? 'Verified: nothing was changed.' : `${plural(report.findings.length, 'finding')}.`} ` +
            `${plural(report.evidenceChecked, 'evidence file')} checked${report.evidenceAbsent > 0 ? `, ${report.evidenceAbsent} not reachable` : ''}, ` +
            `${plural(report.tablesChecked, 'table')}, ${plural(report.logEntries, 'log entry', 'log entries')}.\n`,
        );
        if (!report.ok) await io.out(`\n${textTable(['kind', 'name', 'problem', 'detail'], report.findings.map((f) => [f.kind, f.name, f.problem, f.detail]))}`);
      }
      return report.ok ? 0 : 1;
    }),
};
