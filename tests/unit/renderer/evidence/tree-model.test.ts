import { expect, test } from 'vitest';
import type { CaseInfo } from '../../../../main/contract/index.ts';
import { parentIndex, treeNodes } from '../../../../renderer/evidence/tree-model.ts';

const table = (id: string, name: string, evidenceId: string | null, more: object = {}): object => ({ id, name, kind: 'evidence', rows: 1, entry: '', evidenceId, rejectsTableId: null, ...more });
const info = {
  evidence: [
    { id: 'e1', name: 'host-logs.zip', folder: '~/ws-0142-export' },
    { id: 'e2', name: 'signin-logs.csv', folder: '~/ws-0142-export' },
    { id: 'e3', name: 'other.csv', folder: '/mnt/usb' },
  ],
  tables: [
    table('t1', 'SecurityEvent', 'e1'),
    table('t2', 'SysmonEvent', 'e1'),
    table('t3', 'SigninLogs', 'e2', { rejectsTableId: 'r3' }),
    table('r3', 'SigninLogs rejected', 'e2', { kind: 'rejects' }),
    table('t4', 'Rare sessions', null, { kind: 'derived' }),
    table('t5', 'Other', 'e3'),
  ],
} as unknown as CaseInfo;
const labels = (search = '', closed: string[] = []): string[] => treeNodes(info, search, new Set(closed)).map((n) => `${'  '.repeat(n.depth)}${n.label}`);

test('folder, file, table, with rejected rows behind their table and derived tables last', () => {
  expect(labels()).toEqual([
    'ws-0142-export', '  host-logs.zip', '    SecurityEvent', '    SysmonEvent', '  signin-logs.csv', '    SigninLogs', '    Rejected rows',
    'usb', '  other.csv', '    Other', 'Derived', '  Rare sessions',
  ]);
});

test('folded nodes keep their children to themselves', () => {
  expect(labels('', ['folder:/mnt/usb', 'file:e1'])).toEqual(['ws-0142-export', '  host-logs.zip', '  signin-logs.csv', '    SigninLogs', '    Rejected rows', 'usb', 'Derived', '  Rare sessions']);
});

test('a search lists what matches with the way to it, folded or not', () => {
  expect(labels('sysmon', ['file:e1'])).toEqual(['ws-0142-export', '  host-logs.zip', '    SysmonEvent']);
  expect(labels('nothing of the kind')).toEqual([]);
});

test('the parent of a node is the nearest one above it', () => {
  const nodes = treeNodes(info, '', new Set());
  expect(parentIndex(nodes, 3)).toBe(1);
  expect(parentIndex(nodes, 1)).toBe(0);
  expect(parentIndex(nodes, 0)).toBe(-1);
});
