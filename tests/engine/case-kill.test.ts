import { spawn } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openCase, verifyCase } from '../../main/case/index.ts';
import type { OpenSession } from '../../main/case/index.ts';
import { systemClock } from '../../main/shared/clock.ts';
import { temporaryFolder, writeTable } from './case-fixture.ts';
import type { TableTemplate } from './case-fixture.ts';

/** How often the engine is killed; fewer with CASEBENCH_KILLS for a quick look. */
const kills = Number(process.env['CASEBENCH_KILLS'] ?? 100);
const seed = Number(process.env['CASEBENCH_SEED'] ?? 20_261_122);
/** The case is looked at after so many kills; in between the next child opens what the killed one left. */
const killsPerLook = 10;

type Line = { t: 'open'; restored: { text: string } | null } | { t: 'ack'; revision: number; hash: string } | { t: 'view'; value: string } | { t: 'imported'; tableIds: string[] } | { t: 'closed' } | { t: 'readOnly'; reason: string };

const lanes = 2;

/** mulberry32 */
const createRandom = (from: number) => {
  let state = from;
  return (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
};

/** Values are `<seed>-<step>`; seeds grow from child to child. */
const age = (value: string): number => {
  const [from, step] = value.split('-').map(Number);
  return (from ?? 0) * 1_000_000 + (step ?? 0);
};

const child = path.join(import.meta.dirname, 'case-kill-child.ts');

/** Runs the child until it is killed, after a random while; what it acknowledged. */
const runAndKill = async (dir: string, number: number, random: () => number, template: TableTemplate, csv: string): Promise<Line[]> => {
  // Every third engine imports while it edits; some of those live until an import is done, the others die somewhere in it.
  const imports = number % 3 === 0;
  const untilImported = number % 9 === 0;
  const lifeMs = imports ? 700 : 140;
  const engine = spawn(process.execPath, [child, dir, String(number), JSON.stringify(template), existsSync(dir) ? 'open' : 'create', imports ? csv : ''], { stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  let errors = '';
  engine.stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  engine.stderr.setEncoding('utf8').on('data', (chunk: string) => (errors += chunk));
  const ended = new Promise<void>((resolve) => engine.once('close', () => resolve()));
  const heard = (word: string): Promise<void> =>
    new Promise((resolve) => {
      engine.stdout.on('data', () => void (text.includes(word) && resolve()));
    });
  const opened = new Promise<void>((resolve) => engine.stdout.once('data', () => resolve()));
  // One in four dies while it still opens the case, the others while they work.
  if (!untilImported && random() < 0.25) await wait(80 + random() * 220);
  else {
    await Promise.race([opened, ended]);
    if (untilImported) await Promise.race([heard('"imported"'), ended]);
    await wait(random() * lifeMs);
  }
  engine.kill('SIGKILL');
  await ended;
  expect(errors).toBe('');
  // A line cut by the kill was not acknowledged.
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Line);
};

/** Everything that one case went through: killed again and again, opened by the next child or, now and then, looked at here. */
const runLane = async (dir: string, share: number, laneSeed: number, template: TableTemplate, csv: string) => {
  const random = createRandom(laneSeed);
  const options = { clock: systemClock, homeDir: '/' };
  const acknowledged = new Map<number, string>();
  const imported = new Set<string>();
  let lastView: string | null = null;
  let diedAtWork = 0;

  const look = async (): Promise<void> => {
    const session: OpenSession = await openCase(dir, options);
    try {
      expect(session.info().readOnlyReason).toBeNull();
      expect(session.info().restored?.text ?? 'Nothing was lost').toContain('Nothing was lost');
      const hashAt = session.db.prepare('SELECT hash FROM log WHERE seq = ?').pluck();
      for (const [revision, hash] of acknowledged) expect(hashAt.get(revision), `entry ${revision} (seed ${laneSeed})`).toBe(hash);
      const report = await verifyCase(session, systemClock, { signal: new AbortController().signal, progress: () => undefined });
      expect(report.findings, `seed ${laneSeed}`).toEqual([]);
      expect(readdirSync(session.tempDir)).toEqual([]);
      const known = session.db.prepare('SELECT count(*) FROM case_table WHERE id = ?').pluck();
      for (const id of imported) expect(known.get(id), `table ${id}`).toBe(1);
      // No half table and no half copy either: every file in its place is one that the case names.
      expect(readdirSync(session.tablesDir).length).toBe(session.db.prepare('SELECT count(*) FROM case_table').pluck().get());
      expect(readdirSync(session.evidenceDir).length).toBe(session.db.prepare('SELECT count(*) FROM evidence WHERE copied').pluck().get());
      // A save that was not acknowledged any more may be there; an older one than the last acknowledged may not.
      const view = session.loadView('layout');
      if (lastView !== null) expect(age(JSON.parse(view ?? '""') as string), `${view} after ${lastView}`).toBeGreaterThanOrEqual(age(lastView));
    } finally {
      await session.close();
    }
  };

  for (let number = 1; number <= share; number += 1) {
    const lines = await runAndKill(dir, laneSeed + number, random, template, csv);
    for (const line of lines) {
      expect(line.t, JSON.stringify(line)).not.toBe('readOnly');
      if (line.t === 'open' && line.restored !== null) expect(line.restored.text).toContain('Nothing was lost');
      if (line.t === 'ack') acknowledged.set(line.revision, line.hash);
      if (line.t === 'imported') for (const id of line.tableIds) imported.add(id);
      if (line.t === 'view') lastView = line.value;
    }
    if (lines.length > 0 && lines.at(-1)?.t !== 'closed') diedAtWork += 1;
    if ((number % killsPerLook === 0 || number === share) && existsSync(dir)) await look();
  }
  return { acknowledged: acknowledged.size, imports: imported.size, diedAtWork };
};

describe('an engine killed at random moments', () => {
  let place: ReturnType<typeof temporaryFolder>;
  beforeEach(() => {
    place = temporaryFolder();
  });
  afterEach(() => place.remove());

  it(`loses no acknowledged change in ${kills} kills`, { timeout: 600_000 }, async () => {
    const template = await writeTable(path.join(place.folder, 'template.parquet'));
    const csv = path.join(place.folder, 'signins.csv');
    writeFileSync(csv, `TimeGenerated,IpAddress\n${Array.from({ length: 300 }, (_, i) => `2026-03-11T21:${String(i % 60).padStart(2, '0')}:00Z,203.0.113.${i % 250}\n`).join('')}`);
    const ended = await Promise.all(
      Array.from({ length: lanes }, (_, lane) => {
        const share = Math.floor(kills / lanes) + (lane < kills % lanes ? 1 : 0);
        return runLane(path.join(place.folder, `Killed ${lane}.case`), share, seed + lane * 100_000, template, csv);
      }),
    );
    const sum = (of: 'acknowledged' | 'imports' | 'diedAtWork'): number => ended.reduce((total, lane) => total + lane[of], 0);
    expect(sum('acknowledged')).toBeGreaterThan(kills);
    expect(sum('diedAtWork')).toBeGreaterThan(kills / 4);
    if (kills >= 9 * lanes) expect(sum('imports')).toBeGreaterThan(0);
    console.log(`${kills} kills, ${sum('acknowledged')} acknowledged changes and ${sum('imports')} imports, all there; ${sum('diedAtWork')} sessions died at work`);
  });
});
