/** The pickled frame reads, its sessions add up, and the one that matters is the least likely of all. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPickle } from '../../../main/pickle/index.ts';
import type { PickleColumn } from '../../../main/pickle/index.ts';
import { SAMPLE_DIR, fileBytes, truth } from './shipped.ts';

const facts = truth();
const file = 'office-activity.pkl';

type Step = { readonly us: number; readonly user: string; readonly ip: string; readonly operation: string };

function frame(): { rows: number; column(name: string): PickleColumn } {
  const [table] = readPickle(fileBytes(file));
  if (table === undefined) throw new Error('No table in the pickle');
  return {
    rows: table.rows,
    column: (name) => {
      const found = table.columns.find((column) => column.name === name);
      if (found === undefined) throw new Error(`No column ${name}`);
      return found;
    },
  };
}

function steps(): Step[] {
  const { rows, column } = frame();
  const text = (name: string): string[] => {
    const found = column(name);
    if (found.type !== 'string') throw new Error(`${name} is not text`);
    return found.values.map((value) => value ?? '');
  };
  const times = column('TimeGenerated');
  if (times.type !== 'datetime') throw new Error('TimeGenerated is not a time');
  const [users, ips, operations] = [text('UserId'), text('ClientIP'), text('Operation')];
  return Array.from({ length: rows }, (_, index) => ({
    us: Number(times.values[index]),
    user: users[index] ?? '',
    ip: ips[index] ?? '',
    operation: operations[index] ?? '',
  }));
}

/** One user from one address; a pause over the gap starts anew. */
function sessions(): Step[][] {
  const open = new Map<string, Step[]>();
  const found: Step[][] = [];
  for (const step of steps()) {
    const key = `${step.user} ${step.ip}`;
    const current = open.get(key);
    if (current === undefined || step.us - (current.at(-1)?.us ?? 0) > facts.rareMailboxSession.gapMinutes * 60_000_000) {
      const fresh = [step];
      open.set(key, fresh);
      found.push(fresh);
    } else current.push(step);
  }
  return found;
}

/**
 * Least likely window of `width` steps per session: first-order transitions, add-one smoothing over all pairs, the start token
 * before the first window, the prior before the others, the end token as a last step.
 */
function rarestWindows(list: readonly (readonly string[])[], width: number): number[] {
  const START = '^';
  const END = '$';
  const pairs = new Map<string, number>();
  const names = new Set<string>([START, END, '?']);
  const single = new Map<string, number>();
  const add = (map: Map<string, number>, key: string, by = 1): void => void map.set(key, (map.get(key) ?? 0) + by);
  for (const session of list) {
    const path = [START, ...session, END];
    path.forEach((step, index) => {
      names.add(step);
      add(single, step);
      if (index > 0) add(pairs, `${path[index - 1] ?? ''}>${step}`);
    });
  }
  const from = new Map<string, number>();
  for (const before of names) {
    for (const next of names) {
      if (before === END || next === START) continue;
      add(pairs, `${before}>${next}`);
      add(single, before);
      add(single, next);
      add(from, before, pairs.get(`${before}>${next}`) ?? 0);
    }
  }
  const total = [...single.values()].reduce((sum, count) => sum + count, 0);
  const step = (before: string, next: string): number => (pairs.get(`${before}>${next}`) ?? 0) / (from.get(before) ?? 1);
  return list.map((session) => {
    const path = [...session, END];
    let lowest = Number.POSITIVE_INFINITY;
    for (let first = 0; first + width <= path.length; first += 1) {
      const window = path.slice(first, first + width);
      const start = window[0] ?? END;
      const opening = first === 0 ? step(START, start) : (single.get(start) ?? 0) / total;
      lowest = Math.min(
        lowest,
        window.slice(1).reduce((product, next, index) => product * step(window[index] ?? START, next), opening),
      );
    }
    return lowest;
  });
}

describe('OfficeActivity', () => {
  it('has its rows and typed columns', () => {
    const { rows, column } = frame();
    expect(rows).toBe(7_702);
    expect(column('TimeGenerated').type).toBe('datetime');
    expect(column('OperationCount').type).toBe('float');
    expect(column('InternalLogonType').type).toBe('int');
    expect(column('ExternalAccess').type).toBe('bool');
    expect(column('Parameters').type).toBe('string');
  });

  it('falls into its sessions', () => {
    expect(sessions()).toHaveLength(facts.rareMailboxSession.sessions);
  });

  it.each([2, 3])('has the session of the intruder as the rarest, windows of %i', (width) => {
    const all = sessions();
    const scores = rarestWindows(
      all.map((session) => session.map((step) => step.operation)),
      width,
    );
    const top = all[scores.indexOf(Math.min(...scores))] ?? [];
    expect(top[0]).toMatchObject({
      user: facts.rareMailboxSession.user,
      ip: facts.rareMailboxSession.ip,
      us: Date.parse(facts.rareMailboxSession.start) * 1_000,
    });
    expect(top.map((step) => step.operation)).toEqual(facts.rareMailboxSession.operations);
  });

  it('shows the rule that forwards mail after reading it, once', () => {
    const { column } = frame();
    const parameters = column('Parameters');
    if (parameters.type !== 'string') throw new Error('Parameters is not text');
    const forwards = parameters.values.filter((value) => value?.includes('ForwardTo') === true);
    expect(forwards).toHaveLength(1);
    expect(JSON.parse(forwards[0] ?? '[]')).toContainEqual({ Name: 'ForwardTo', Value: 'box-8841@example.net' });
  });
});

const python = process.env['CASEBENCH_PYTHON'] ?? 'python3';
const pandas = spawnSync(python, ['-c', 'import pandas; print(pandas.__version__)'], { encoding: 'utf8' });

describe.skipIf(pandas.status !== 0)(`pandas (${pandas.status === 0 ? pandas.stdout.trim() : 'not present: set CASEBENCH_PYTHON'})`, () => {
  it('reads the frame the generator wrote', () => {
    const script =
      'import sys, json, pandas as pd; d = pd.read_pickle(sys.argv[1]); print(json.dumps([list(d.shape), {c: str(t) for c, t in d.dtypes.items()}, str(d.TimeGenerated.max()), int(d.OperationCount.sum())]))';
    const run = spawnSync(python, ['-c', script, join(SAMPLE_DIR, file)], { encoding: 'utf8' });
    expect(run.stderr).toBe('');
    const [shape, dtypes, last] = JSON.parse(run.stdout) as [number[], Record<string, string>, string];
    expect(shape).toEqual([7_702, 25]);
    expect(dtypes).toMatchObject({ TimeGenerated: 'datetime64[ns]', OperationCount: 'float64', InternalLogonType: 'int64', ExternalAccess: 'bool' });
    expect(last).toBe('2026-03-11 22:39:13.884000');
  }, 60_000);
});
