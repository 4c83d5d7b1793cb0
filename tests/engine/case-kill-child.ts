/**
 * A process that is going to be killed: opens (or makes) the case and changes it at random, by the seed it is given. After each change
 * that was acknowledged it writes one line to stdout at once. Started by case-kill.test.ts only.
 */
import { closeSync, copyFileSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createCase, openCase } from '../../main/case/index.ts';
import type { Command } from '../../main/case/index.ts';
import { systemClock } from '../../main/shared/clock.ts';
import { addTable } from './case-fixture.ts';
import type { TableTemplate } from './case-fixture.ts';

/** `csv`: a file to import for real, over and over beside the edits; '' for edits alone. */
const [dir = '', seedText = '1', templateJson = '{}', mode = 'open', csv = ''] = process.argv.slice(2);
const template = JSON.parse(templateJson) as TableTemplate;

/** mulberry32: small, seeded, good enough to choose what to do next. */
let state = Number(seedText);
const random = (): number => {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
};
const below = (limit: number): number => Math.floor(random() * limit);

const say = (line: unknown): void => void writeSync(1, `${JSON.stringify(line)}\n`);

const options = { clock: systemClock, homeDir: '/' };
const session = mode === 'create' ? await createCase(dir, 'Killed', options) : await openCase(dir, options);
if (session.readOnly) {
  say({ t: 'readOnly', reason: session.info().readOnlyReason });
  process.exit(3);
}
const head = (): string => String(session.db.prepare(`SELECT value FROM meta WHERE key = 'log_head'`).pluck().get());
const acknowledge = (): void => say({ t: 'ack', revision: session.info().revision, hash: head() });
say({ t: 'open', restored: session.info().restored });

/** The importer's last steps: a file is written in temp/, flushed, moved into tables/, then named by the catalogue. */
const importTable = (): Command => {
  const number = below(1_000_000_000);
  const making = path.join(session.tempDir, `${number}.parquet`);
  copyFileSync(template.path, making);
  const file = openSync(making, 'r+');
  fsyncSync(file);
  closeSync(file);
  renameSync(making, path.join(session.tablesDir, `${number}.parquet`));
  return addTable(number, { ...template.table, file: `tables/${number}.parquet` });
};

/** Imports go on beyond it. */
const maxTables = 30;
/** The smallest table has so many rows. */
const leastRows = 300;
const rows = (): number[] => Array.from({ length: 1 + below(40) }, () => below(leastRows));

const ending = new AbortController();
const importForReal = async (): Promise<void> => {
  const { importPaths } = await import('../../main/evidence/index.ts');
  for (;;) {
    const { tables: made, failed } = await importPaths(session, [{ path: csv }], { clock: systemClock, copyOriginals: true, job: { signal: ending.signal, progress: () => undefined } });
    if (failed.length > 0) throw new Error(JSON.stringify(failed));
    say({ t: 'imported', tableIds: made.map(({ tableId }) => tableId) });
    acknowledge();
  }
};
const importing = csv === '' ? Promise.resolve() : importForReal().catch((thrown: unknown) => {
  if (!ending.signal.aborted) throw thrown;
});

for (let step = 0; ; step += 1) {
  // Room for what an import has to do in between.
  await nextTurn();
  const tables = session.tables();
  const tableId = tables[below(tables.length)]?.id;
  const choice = below(12);
  if (tableId === undefined || (choice === 0 && tables.length < maxTables)) session.execute(importTable());
  else if (choice <= 2) session.execute({ kind: 'marks.star', payload: { tableId, rowIds: rows(), on: random() < 0.7 } });
  else if (choice <= 4) session.execute({ kind: 'marks.tag', payload: { tableId, rowIds: rows(), tag: `tag ${below(9)}`, on: random() < 0.7 } });
  else if (choice === 5) session.execute({ kind: 'marks.noteAdd', payload: { noteId: `n${seedText}-${step}`, tableId, rowId: below(leastRows), text: `note ${step}` } });
  else if (choice === 6) session.execute({ kind: 'case.rename', payload: { name: `Killed ${below(1_000)}` } });
  else if (choice === 7) session.undo();
  else if (choice === 8) session.redo();
  else if (choice === 9) {
    const value = `${seedText}-${step}`;
    session.saveView('layout', JSON.stringify(value));
    say({ t: 'view', value });
  } else if (choice === 10) session.execute({ kind: 'marks.star', payload: { tableId, rowIds: rows(), on: true } }, { kind: 'marks.tag', payload: { tableId, rowIds: rows(), tag: 'both', on: true } });
  else session.execute({ kind: 'board.add', payload: { id: `b${seedText}-${step}`, kind: 'note', label: `item ${step}`, payload: '{}' } });
  acknowledge();
  // Now and then a clean end, so that backups and their folder are in the picture too.
  if (below(400) === 0) {
    ending.abort();
    await importing;
    await session.close();
    say({ t: 'closed' });
    process.exit(0);
  }
}
