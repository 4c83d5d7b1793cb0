import { spawn } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../case-fixture.ts';
import { cliIn } from './cli-fixture.ts';

const root = path.join(import.meta.dirname, '../../..');
const { folder, remove } = temporaryFolder();

const start = (args: readonly string[]) => {
  const child = spawn(process.execPath, [path.join(root, 'main/cli/index.ts'), ...args], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let err = '';
  child.stdout.on('data', (d: Buffer) => (out += d.toString()));
  child.stderr.on('data', (d: Buffer) => (err += d.toString()));
  const ended = new Promise<{ code: number | null; signal: string | null; out: string; err: string }>((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal, out, err }));
  });
  return { child, ended };
};

beforeAll(async () => {
  const run = cliIn(folder);
  writeFileSync(path.join(folder, 'a.csv'), `n,text\n${Array.from({ length: 30_000 }, (_, i) => `${i},row ${i}`).join('\n')}\n`);
  await run('case', 'new', 'P.case');
  await run('import', 'P.case', 'a.csv');
});
afterAll(remove);

describe('the process', () => {
  it('answers on standard output and exits with 0', async () => {
    const { code, out, err } = await start(['sql', 'P.case', 'SELECT count(*) AS n FROM a', '--json']).ended;
    expect([code, JSON.parse(out), err]).toEqual([0, [{ n: 30_000 }], '']);
  });
  it('stops on an interrupt, cleanly', async () => {
    const { child, ended } = start(['sql', 'P.case', 'SELECT sum(x.n * y.n) FROM a x, a y, a z', '--json']);
    const kill = setInterval(() => child.kill('SIGINT'), 5_000);
    setTimeout(() => child.kill('SIGINT'), 1_500);
    const { code, out } = await ended;
    clearInterval(kill);
    expect([code, JSON.parse(out)]).toEqual([130, expect.objectContaining({ code: 'cancelled' })]);
    expect(existsSync(path.join(folder, 'P.case', 'lock'))).toBe(false);
  });
  it('leaves no half file when an export is interrupted', async () => {
    const { child, ended } = start(['export', 'P.case', 'a', 'never.csv', '--where', 'n + (SELECT sum(x.n * y.n) FROM a x, a y, a z) > 0']);
    setTimeout(() => child.kill('SIGTERM'), 1_500);
    expect((await ended).code).toBe(130);
    expect(readdirSync(folder).filter((f) => f.includes('never'))).toEqual([]);
  });
  it('ends quietly when its reader goes away', async () => {
    const { child, ended } = start(['rows', 'P.case', 'a', '--limit', 'all']);
    child.stdout.once('data', () => child.stdout.destroy());
    const { code, err } = await ended;
    expect([code, err]).toEqual([0, '']);
  });
});
