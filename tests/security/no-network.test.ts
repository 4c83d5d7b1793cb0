/** A whole session of the running app, behind a proxy it is told to use, opens no connection to anywhere. */
import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchApp, processTree, type RunningApp } from '../e2e/harness.ts';
import { startCountingServer, type CountingServer } from './counting-server.ts';

let running: RunningApp;
let proxy: CountingServer;
beforeAll(async () => {
  proxy = await startCountingServer();
  const env = Object.fromEntries(['http_proxy', 'https_proxy', 'all_proxy', 'HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY'].map((name) => [name, proxy.url]));
  running = await launchApp({ env: { ...env, no_proxy: '' } });
  await running.waitIdle();
});
afterAll(async () => {
  await running?.dispose();
  await proxy?.close();
});

/** Sockets of the app and all its processes that lead off this machine, or could (Linux). */
const outsideSockets = (): string[] => {
  const inodes = new Set(
    processTree(running.app.process().pid ?? -1).flatMap(({ pid }) => {
      try {
        return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
          try {
            return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? [];
          } catch {
            return [];
          }
        });
      } catch {
        return [];
      }
    }),
  );
  const isLocal = (address: string): boolean => /^(0100007F|00000000000000000000000001000000|0000000000000000FFFF00000100007F):/.test(address);
  return ['tcp', 'tcp6', 'udp', 'udp6', 'raw', 'raw6'].flatMap((kind) =>
    readFileSync(`/proc/net/${kind}`, 'utf8')
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter((fields) => inodes.has(fields[9] ?? '') && !isLocal(fields[1] ?? ''))
      .map((fields) => `${kind} ${fields[1]} → ${fields[2]}`),
  );
};

test('start, a case, settings, text for the clipboard and a pop-out connect nowhere', async () => {
  expect(await running.call('case.create', { name: 'Quiet' })).toMatchObject({ ok: true });
  expect(await running.call('settings.set', { theme: 'light' })).toMatchObject({ ok: true });
  await running.page.evaluate(() => window.casebench.shell('shell.copyText', { text: 'x' }));
  const opened = running.app.waitForEvent('window');
  await running.page.evaluate(() => void window.open('/popout.html', 'quiet', 'width=400,height=300'));
  await (await opened).close();
  expect(await running.call('case.close', {})).toMatchObject({ ok: true });
  expect(proxy.connections()).toBe(0);
});

test('neither page nor main process of Electron can connect when they try', async () => {
  const tried = await running.app.evaluate(async ({ net, session }, url) => {
    const attempts = [() => net.fetch(url), () => session.defaultSession.fetch(url), () => net.fetch('https://example.com/'), () => net.fetch('http://localhost:1/')];
    const results = await Promise.all(attempts.map((attempt) => attempt().then(() => 'connected', () => 'refused')));
    const proxyRule = await session.defaultSession.resolveProxy('https://example.com/');
    return { results, proxyRule };
  }, proxy.url);
  expect(tried).toEqual({ results: ['refused', 'refused', 'refused', 'refused'], proxyRule: 'DIRECT' });
  expect(proxy.connections()).toBe(0);
});

test('peer connections find no way out', async () => {
  const candidates = await running.page.evaluate(async (port) => {
    const found: string[] = [];
    const peer = new RTCPeerConnection({ iceServers: [{ urls: `stun:127.0.0.1:${port}` }, { urls: 'stun:stun.example.com' }] });
    peer.createDataChannel('x');
    peer.onicecandidate = ({ candidate }) => candidate && found.push(candidate.candidate);
    await peer.setLocalDescription(await peer.createOffer());
    await new Promise((done) => setTimeout(done, 800));
    peer.close();
    return found.filter((candidate) => / udp /i.test(candidate) || /srflx|relay/.test(candidate));
  }, proxy.port);
  expect(candidates).toEqual([]);
  expect(proxy.connections()).toBe(0);
});

test.runIf(process.platform === 'linux')('no process of the app holds a socket that leads off the machine', () => {
  expect(outsideSockets()).toEqual([]);
});
