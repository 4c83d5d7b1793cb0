import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../case-fixture.ts';
import { cliIn } from './cli-fixture.ts';

const root = path.join(import.meta.dirname, '../../..');
const { folder, remove } = temporaryFolder();

const start = (args: readonly string[]) => {
  const temp = mkdtempSync(path.join(folder, 'tmp-'));
  const child = spawn(process.execPath, [path.join(root, 'main/cli/index.ts'), ...args], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, TMPDIR: temp } });
  let out = '';
  let err = '';
  child.stdout.on('data', (d: Buffer) => (out += d.toString()));
  child.stderr.on('data', (d: Buffer) => (err += d.toString()));
  const ended = new Promise<{ code: number | null; signal: string | null; out: string; err: string }>((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal, out, err }));
  });
  /** Resolves when the command has opened the case and is at work: reading verbs make their temporary folder then. */
  const atWork = async (): Promise<void> => {
    while (!readdirSync(temp).some((f) => f.startsWith('casebench-'))) await new Promise((resolve) => setTimeout(resolve, 20));
    await new Promise((resolve) => setTimeout(resolve, 300));
  };
  return { child, ended, atWork };
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
    const { child, ended, atWork } = start(['sql', 'P.case', 'SELECT sum(x.n * y.n) FROM a x, a y, a z', '--json']);
    await atWork();
    child.kill('SIGINT');
    const { code, out } = await ended;
    expect([code, JSON.parse(out)]).toEqual([130, expect.objectContaining({ code: 'cancelled' })]);
    expect(existsSync(path.join(folder, 'P.case', 'lock'))).toBe(false);
  });
  it('leaves no half file when an export is interrupted', async () => {
    const { child, ended, atWork } = start(['export', 'P.case', 'a', 'never.csv', '--where', 'n + (SELECT sum(x.n * y.n) FROM a x, a y, a z) > 0']);
    await atWork();
    child.kill('SIGTERM');
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
