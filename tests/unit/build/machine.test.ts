/** Decisions about the machine: sandbox, display, locks, paths, which console lines are noise. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { authorityEntry, needsDisplay } from '../../../build/lib/display.mjs';
import { isStale, withLock } from '../../../build/lib/file-lock.mjs';
import { isHarmless } from '../../../build/lib/noise.mjs';
import { binFolder, cacheFolder, fromCaller, withTools, withoutTools } from '../../../build/lib/paths.mjs';
import { exitCodeOf, run } from '../../../build/lib/run.mjs';
import { decideSandbox } from '../../../build/lib/sandbox.mjs';

describe('the sandbox', () => {
  const user = { platform: 'linux', isRoot: false, isRefused: false, hasNamespaces: true, hasHelper: false } as const;

  it('is on for an ordinary user who can have it, either way', () => {
    expect(decideSandbox(user)).toBe('on');
    expect(decideSandbox({ ...user, hasNamespaces: false, hasHelper: true })).toBe('on');
    expect(decideSandbox({ ...user, platform: 'darwin', hasNamespaces: false })).toBe('on');
  });

  it('is off for root and on request only', () => {
    expect(decideSandbox({ ...user, isRoot: true })).toBe('off');
    expect(decideSandbox({ ...user, isRefused: true })).toBe('off');
    expect(decideSandbox({ ...user, hasNamespaces: false })).toBe('impossible');
  });
});

describe('the display', () => {
  it('is virtual only on Linux without one', () => {
    expect(needsDisplay({}, 'linux')).toBe(true);
    expect(needsDisplay({ DISPLAY: ':0' }, 'linux')).toBe(false);
    expect(needsDisplay({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux')).toBe(false);
    expect(needsDisplay({}, 'darwin')).toBe(false);
  });

  it('has a cookie any display number accepts', () => {
    const entry = authorityEntry(Buffer.alloc(16, 7));
    expect(entry.subarray(0, 6).toString('hex')).toBe('ffff00000000');
    expect(entry.toString('latin1', 8, 26)).toBe('MIT-MAGIC-COOKIE-1');
    expect(entry.subarray(-18).toString('hex')).toBe(`0010${'07'.repeat(16)}`);
  });
});

describe('locks', () => {
  const dead = () => false;
  const alive = () => true;

  it('are stale when their holder on this host is gone', () => {
    expect(isStale('12 here\n', 0, dead, 'here')).toBe(true);
    expect(isStale('12 here\n', 1e9, alive, 'here')).toBe(false);
    expect(isStale('12 there\n', 1e9, dead, 'here')).toBe(false);
  });

  it('are given time to be written', () => {
    expect(isStale('', 100, dead, 'here')).toBe(false);
    expect(isStale('', 60_000, dead, 'here')).toBe(true);
  });

  it('let one in at a time, survive a dead holder and are gone afterwards', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'casebench-lock-'));
    const path = join(folder, 'a.lock');
    writeFileSync(path, `${2 ** 30} ${(await import('node:os')).hostname()}\n`);
    let inside = 0;
    let most = 0;
    const work = () =>
      withLock(path, async () => {
        most = Math.max(most, ++inside);
        await new Promise((later) => setTimeout(later, 20));
        inside--;
      });
    await Promise.all([work(), work(), work()]);
    expect(most).toBe(1);
    expect(() => readFileSync(path)).toThrow('ENOENT');
    rmSync(folder, { recursive: true, force: true });
  });
});

describe('paths', () => {
  it('put the cache where the platform wants it', () => {
    expect(cacheFolder({ XDG_CACHE_HOME: '/x' }, 'linux', '/home/a')).toBe('/x/casebench');
    expect(cacheFolder({}, 'linux', '/home/a')).toBe('/home/a/.cache/casebench');
    expect(cacheFolder({}, 'darwin', '/Users/a')).toBe('/Users/a/Library/Caches/casebench');
  });

  it('add and remove the tools of this checkout', () => {
    const path = ['/usr/bin', '/bin'].join(delimiter);
    expect(withTools(path)).toBe([binFolder, path].join(delimiter));
    expect(withTools(withTools(path))).toBe(withTools(path));
    expect(withoutTools(withTools(path))).toBe(path);
  });

  it('are what the person typed, also under npm', () => {
    expect(fromCaller('a.case', { npm_lifecycle_event: 'start', INIT_CWD: '/home/a' }, '/repo')).toBe('/home/a/a.case');
    expect(fromCaller('a.case', { INIT_CWD: '/home/a' }, '/repo')).toBe('/repo/a.case');
    expect(fromCaller('/cases/a', {}, '/repo')).toBe('/cases/a');
  });
});

describe('child processes', () => {
  it('report output and exit code', async () => {
    const result = await run(process.execPath, ['-e', 'console.log(1); console.error(2); process.exit(3)']);
    expect(result).toMatchObject({ code: 3, stdout: '1\n', timedOut: false });
    expect(result.output).toContain('2');
    expect((await run('/no/such/command', [])).code).toBe(127);
  });

  it('are killed with their children at the deadline', async () => {
    const script = `require('node:child_process').spawn('sleep', ['60'], { stdio: 'inherit' }); setTimeout(() => {}, 60000)`;
    const result = await run(process.execPath, ['-e', script], { timeoutMs: 500 });
    expect(result).toMatchObject({ timedOut: true, code: 137 });
  });

  it('translate signals as a shell does', () => {
    expect(exitCodeOf(5, null)).toBe(5);
    expect(exitCodeOf(null, 'SIGTERM')).toBe(143);
  });
});

describe('console noise', () => {
  it('is what Chromium says about a machine without a desktop', () => {
    expect(isHarmless('[8501:1122/030801.423591:ERROR:bus.cc(407)] Failed to connect to the bus: x')).toBe(true);
    expect(isHarmless('[1:1122/0.1:ERROR:viz_main_impl.cc(181)] Exiting GPU process due to errors')).toBe(true);
  });

  it('is never what the app prints', () => {
    expect(isHarmless('Error: case.db is locked')).toBe(false);
    expect(isHarmless('[1:1122/0.1:ERROR:zygote_host_impl_linux.cc(100)] Running as root without --no-sandbox')).toBe(false);
  });
});
