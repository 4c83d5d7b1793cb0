import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
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

type Line = { t: 'open'; restored: { text: string } | null } | { t: 'ack'; revision: number; hash: string } | { t: 'view'; value: string } | { t: 'closed' } | { t: 'readOnly'; reason: string };

let state = seed;
const random = (): number => {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
};

/** Values are `<seed>-<step>`; seeds grow from child to child. */
const age = (value: string): number => {
  const [from, step] = value.split('-').map(Number);
  return (from ?? 0) * 1_000_000 + (step ?? 0);
};

const child = path.join(import.meta.dirname, 'case-kill-child.ts');

/** Runs the child until it is killed, after a random while; what it acknowledged. */
const runAndKill = async (dir: string, number: number, template: TableTemplate): Promise<Line[]> => {
  const engine = spawn(process.execPath, [child, dir, String(seed + number), JSON.stringify(template), existsSync(dir) ? 'open' : 'create'], { stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  let errors = '';
  engine.stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  engine.stderr.setEncoding('utf8').on('data', (chunk: string) => (errors += chunk));
  const ended = new Promise<void>((resolve) => engine.once('close', () => resolve()));
  const opened = new Promise<void>((resolve) => engine.stdout.once('data', () => resolve()));
  // One in four dies while it still opens the case, the others while they work.
  if (random() < 0.25) await wait(80 + random() * 220);
  else {
    await Promise.race([opened, ended]);
    await wait(random() * 140);
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

describe('an engine killed at random moments', () => {
  let place: ReturnType<typeof temporaryFolder>;
  beforeEach(() => {
    place = temporaryFolder();
  });
  afterEach(() => place.remove());

  it(`loses no acknowledged change in ${kills} kills`, { timeout: 240_000 }, async () => {
    const dir = path.join(place.folder, 'Killed.case');
    const template = await writeTable(path.join(place.folder, 'template.parquet'));
    const acknowledged = new Map<number, string>();
    let lastView: string | null = null;
    let uncleanRuns = 0;
    const options = { clock: systemClock, homeDir: '/' };

    const look = async (): Promise<void> => {
      const session: OpenSession = await openCase(dir, options);
      try {
        expect(session.info().readOnlyReason).toBeNull();
        const hashAt = session.db.prepare('SELECT hash FROM log WHERE seq = ?').pluck();
        for (const [revision, hash] of acknowledged) expect(hashAt.get(revision), `entry ${revision} (seed ${seed})`).toBe(hash);
        const report = await verifyCase(session, systemClock, { signal: new AbortController().signal, progress: () => undefined });
        expect(report.findings, `seed ${seed}`).toEqual([]);
        expect(readdirSync(session.tempDir)).toEqual([]);
        const view = session.loadView('layout');
        // A save that was not acknowledged any more may be there; an older one than the last acknowledged may not.
        if (lastView !== null) expect(age(JSON.parse(view ?? '""') as string), `${view} after ${lastView}`).toBeGreaterThanOrEqual(age(lastView));
      } finally {
        await session.close();
      }
    };

    for (let number = 1; number <= kills; number += 1) {
      const lines = await runAndKill(dir, number, template);
      for (const line of lines) {
        expect(line.t, JSON.stringify(line)).not.toBe('readOnly');
        if (line.t === 'open' && line.restored !== null) expect(line.restored.text).toContain('Nothing was lost');
        if (line.t === 'ack') acknowledged.set(line.revision, line.hash);
        if (line.t === 'view') lastView = line.value;
      }
      if (lines.length > 0 && lines.at(-1)?.t !== 'closed') uncleanRuns += 1;
      if ((number % killsPerLook === 0 || number === kills) && existsSync(dir)) await look();
    }
    expect(acknowledged.size).toBeGreaterThan(kills);
    expect(uncleanRuns).toBeGreaterThan(kills / 4);
    console.log(`${kills} kills, ${acknowledged.size} acknowledged changes, all there; ${uncleanRuns} sessions died at work`);
  });
});
