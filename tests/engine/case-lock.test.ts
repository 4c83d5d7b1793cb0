import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCase, openCase } from '../../main/case/index.ts';
import type { OpenSession } from '../../main/case/index.ts';
import { addTable, temporaryFolder, testClock } from './case-fixture.ts';

describe('a case that somebody has open', () => {
  let place: ReturnType<typeof temporaryFolder>;
  let dir: string;
  const sessions: OpenSession[] = [];
  const options = { clock: testClock(), homeDir: '/home/nobody' };
  const open = async (over: { readOnly?: boolean } = {}): Promise<OpenSession> => {
    const session = await openCase(dir, { ...options, ...over });
    sessions.push(session);
    return session;
  };
  const holdElsewhere = async (): Promise<ChildProcessWithoutNullStreams> => {
    const other = spawn(process.execPath, [path.join(import.meta.dirname, 'case-lock-child.ts'), dir]);
    await once(other.stdout, 'data');
    return other;
  };

  beforeEach(async () => {
    place = temporaryFolder();
    dir = path.join(place.folder, 'Night.case');
    const made = await createCase(dir, 'Night', options);
    made.execute(addTable(1));
    await made.close();
  });
  afterEach(async () => {
    for (const session of sessions.splice(0)) await session.close();
    place.remove();
  });

  it('opens read-only elsewhere, says by whom, and follows what is done', async () => {
    const other = await holdElsewhere();
    const session = await open();
    const { readOnly, readOnlyReason } = session.info();
    expect(readOnly).toBe(true);
    expect(readOnlyReason).toContain(`Casebench 9.9.9 on ${os.hostname()} (process ${other.pid})`);
    expect(() => session.execute({ kind: 'case.rename', payload: { name: 'x' } })).toThrow(/read-only, so nothing was changed/);
    expect(() => session.undo()).toThrow(/read-only/);
    session.saveView('layout', '"mine"');
    expect(session.loadView('layout')).toBe('"mine"');
    expect(session.tempDir.startsWith(dir)).toBe(false);

    other.stdin.write('go\n');
    await once(other.stdout, 'data');
    expect(session.info().name).toBe('From the other process');

    const { tempDir } = session;
    await session.close();
    expect(existsSync(tempDir)).toBe(false);
    other.stdin.write('end\n');
    await once(other, 'close');
    const after = await open();
    expect(after.info()).toMatchObject({ readOnly: false, restored: null, name: 'From the other process' });
    expect(after.loadView('layout')).toBeNull();
  });

  it('is taken over from a process that was killed', async () => {
    const other = await holdElsewhere();
    other.kill('SIGKILL');
    await once(other, 'close');
    expect(existsSync(path.join(dir, 'case.lock'))).toBe(true);
    const session = await open();
    expect(session.info()).toMatchObject({ readOnly: false, restored: { text: expect.stringContaining('Nothing was lost') } });
  });

  it('in this very process opens read-only a second time', async () => {
    const first = await open();
    const second = await open();
    expect(first.readOnly).toBe(false);
    expect(second.readOnly).toBe(true);
    await second.close();
    expect(JSON.parse(readFileSync(path.join(dir, 'case.lock'), 'utf8'))).toMatchObject({ pid: process.pid });
    first.execute({ kind: 'case.rename', payload: { name: 'still mine' } });
  });

  it('on another computer stays read-only and says what to do', async () => {
    writeFileSync(path.join(dir, 'case.lock'), JSON.stringify({ pid: 1, host: 'elsewhere', processStart: null, app: 'Casebench 0.1.0', openedUs: 1, token: 't' }));
    const session = await open();
    expect(session.info().readOnlyReason).toMatch(/on elsewhere .*delete case\.lock/s);
    expect(existsSync(path.join(dir, 'case.lock'))).toBe(true);
  });

  it('is opened for reading only when that is asked, without a trace', async () => {
    const before = readdirSync(dir);
    const session = await open({ readOnly: true });
    expect(session.info().readOnly).toBe(true);
    expect(session.tables()).toHaveLength(1);
    await session.close();
    expect(readdirSync(dir)).toEqual(before);
  });

  it('in a folder that can’t be written is opened read-only', async ({ skip }) => {
    if (process.getuid?.() === 0) skip('root may write anywhere; the read-only mount test covers this');
    chmodSync(dir, 0o555);
    try {
      const session = await open();
      expect(session.info()).toMatchObject({ readOnly: true, readOnlyReason: expect.stringContaining('can’t be written') });
      await session.close();
    } finally {
      chmodSync(dir, 0o755);
    }
  });
});
