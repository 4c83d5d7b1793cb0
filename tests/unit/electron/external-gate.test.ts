import { beforeEach, describe, expect, test, vi } from 'vitest';
import { checkExternal, createExternalGate } from '../../../electron/external-gate.ts';

const electron = vi.hoisted(() => ({ opened: [] as string[], asked: [] as { message: string; detail: string; defaultId: number; cancelId: number }[], answer: 0, wait: null as Promise<void> | null }));
vi.mock('electron', () => ({
  dialog: {
    showMessageBox: async (question: never) => {
      electron.asked.push(question);
      await electron.wait;
      return { response: electron.answer };
    },
  },
  shell: { openExternal: async (address: string) => void electron.opened.push(address) },
}));
beforeEach(() => {
  Object.assign(electron, { opened: [], asked: [], answer: 0, wait: null });
});

const lines: string[] = [];
const gate = () => createExternalGate(() => null, (level, event, detail) => void lines.push(`${level} ${event} ${detail}`));

describe('refused without asking', () => {
  test.each([
    'http://example.com',
    'file:///etc/passwd',
    'smb://server/share',
    '\\\\server\\share',
    'ms-msdt:/id PCWDiagnostic',
    'search-ms:query=x',
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'mailto:a@example.com',
    'ssh://example.com',
    'https://user@example.com',
    'https://user:secret@example.com',
    'https://example.com\\@evil.example',
    'https://exa\nmple.com',
    'https://example.com/\u202egpj.exe',
    'https://example.com/a b',
    ' https://example.com',
    'https://',
    'example.com',
    '//example.com',
    '',
    `https://example.com/${'a'.repeat(2_000)}`,
  ])('%j', async (address) => {
    await expect(gate()(address)).rejects.toMatchObject({ code: 'shell.refused' });
    expect(electron.asked).toEqual([]);
    expect(electron.opened).toEqual([]);
  });
});

test('an https address is shown in full and opens only after a yes', async () => {
  const address = 'https://attack.mitre.org/techniques/T1110/003/?a=1#b';
  expect(await gate()(address)).toBe(false);
  expect(electron.opened).toEqual([]);
  expect(electron.asked[0]).toMatchObject({ defaultId: 0, cancelId: 0 });
  expect(electron.asked[0]?.detail).toContain(address);
  electron.answer = 1;
  expect(await gate()(address)).toBe(true);
  expect(electron.opened).toEqual([address]);
});

test('a look-alike host is shown as it is resolved', () => {
  expect(checkExternal('https://аpple.com/').hostname).toBe('xn--pple-43d.com');
});

test('one question at a time', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  electron.wait = promise;
  const open = gate();
  const first = open('https://example.com/1');
  await expect(open('https://example.com/2')).rejects.toMatchObject({ code: 'shell.refused' });
  resolve();
  expect(await first).toBe(false);
});

test('the log says that it happened, not where', async () => {
  lines.length = 0;
  electron.answer = 1;
  await gate()('https://evidence.example/secret-path');
  expect(lines).toHaveLength(1);
  expect(lines[0]).not.toContain('evidence.example');
});
