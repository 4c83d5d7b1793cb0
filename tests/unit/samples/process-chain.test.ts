/** Processes hold together: the chain of the intrusion stands in every table, parents exist before children, sessions match logons. */
import { describe, expect, it } from 'vitest';
import { jsonLines, securityEvents, time, truth } from './shipped.ts';
import type { Cells } from './shipped.ts';

const facts = truth();
const created = (computer: string): Cells[] => securityEvents().filter((row) => row['EventID'] === 4688 && row['Computer'] === computer);

type Node = { readonly pid: string; readonly name: string; readonly startMs: number; readonly row: Cells; parent: Node | null };

/** Parent of each process: the last one started before it with the parent's id and path. */
function tree(rows: readonly Cells[]): Node[] {
  const last = new Map<string, Node>();
  return rows.map((row) => {
    const node: Node = {
      pid: String(row['NewProcessId']),
      name: String(row['NewProcessName']).toLowerCase(),
      startMs: time(row['TimeGenerated']),
      row,
      parent: last.get(`${String(row['ProcessId'])}|${String(row['ParentProcessName']).toLowerCase()}`) ?? null,
    };
    last.set(`${node.pid}|${node.name}`, node);
    return node;
  });
}

describe('process events of WS-0142', () => {
  const nodes = tree(created('WS-0142'));

  it('make a tree with four inferred parents', () => {
    const inferred = new Set(
      nodes.filter((node) => node.parent === null).map((node) => `${String(node.row['ProcessId'])} ${String(node.row['ParentProcessName'])}`),
    );
    expect(nodes.length).toBe(facts.processTree.processEvents);
    expect(inferred.size).toBe(facts.processTree.inferredParents);
    expect(nodes.length + inferred.size).toBe(1_946);
  });

  it('start after their parents', () => {
    expect(nodes.filter((node) => node.parent !== null && node.startMs <= node.parent.startMs)).toEqual([]);
  });

  it('never start from a parent that has exited', () => {
    const exits = new Map<string, number[]>();
    for (const row of securityEvents()) {
      if (row['EventID'] !== 4689 || row['Computer'] !== 'WS-0142') continue;
      const key = `${String(row['ProcessId'])}|${String(row['ProcessName']).toLowerCase()}`;
      exits.set(key, [...(exits.get(key) ?? []), time(row['TimeGenerated'])]);
    }
    const orphans = nodes.filter(({ parent, startMs }) => {
      if (parent === null) return false;
      const end = (exits.get(`${parent.pid}|${parent.name}`) ?? []).find((ms) => ms >= parent.startMs);
      return end !== undefined && end < startMs;
    });
    expect(orphans.map((node) => node.name)).toEqual([]);
  });

  it('use some process ids twice, never at the same time', () => {
    const byPid = new Map<string, Node[]>();
    for (const node of nodes) byPid.set(node.pid, [...(byPid.get(node.pid) ?? []), node]);
    expect([...byPid.values()].filter((list) => list.length > 1).length).toBeGreaterThan(20);
  });

  it('put thirteen descendants under the encoded PowerShell, five ancestors above it', () => {
    const focus = nodes.find((node) => node.pid === facts.processTree.focus.pidHex && node.name.endsWith('powershell.exe'));
    const under = (node: Node): number => nodes.filter((item) => item.parent === node).reduce((sum, child) => sum + 1 + under(child), 0);
    expect(focus).toBeDefined();
    if (focus === undefined) return;
    expect(under(focus)).toBe(13);
    const path: string[] = [];
    for (let node = focus.parent; node !== null; node = node.parent) path.unshift(node.name.slice(node.name.lastIndexOf('\\') + 1));
    expect(path).toEqual(['userinit.exe', 'explorer.exe', 'outlook.exe', 'winword.exe']);
  });
});

describe('the chain', () => {
  const bySecurity = created('WS-0142');
  const byDefender = jsonLines('device-events.zip', 'DeviceProcessEvents.jsonl').filter((row) => row['DeviceName'] === 'WS-0142');
  const bySysmon = jsonLines('host-logs.zip', 'SysmonEvent.jsonl').filter((row) => row['EventID'] === 1);

  it('has sixteen steps with the ids of the screen designs', () => {
    expect(facts.processChain.map((step) => step.pidHex)).toEqual([
      '0xe20',
      '0x19d0',
      '0x1b74',
      '0x1b90',
      '0x1c08',
      '0x1c4c',
      '0x1c80',
      '0x1ca4',
      '0x1cac',
      '0x1d38',
      '0x1d50',
      '0x1dd4',
      '0x1e10',
      '0x1e6c',
      '0x1ef0',
      '0x1fa4',
    ]);
  });

  it.each(facts.processChain)('stands in all three tables: $step', (step) => {
    const security = bySecurity.filter((row) => row['NewProcessId'] === step.pidHex && row['NewProcessName'] === step.image);
    expect(security).toHaveLength(1);
    expect(security[0]).toMatchObject({
      ProcessId: step.parentPidHex,
      ParentProcessName: step.parentImage,
      CommandLine: step.commandLine,
      Account: step.account,
      SubjectLogonId: step.logonId,
    });
    expect(time(security[0]?.['TimeGenerated'])).toBe(time(step.start));

    const defender = byDefender.filter((row) => row['ProcessId'] === step.pid && row['ProcessCommandLine'] === step.commandLine);
    expect(defender).toHaveLength(1);
    expect(defender[0]).toMatchObject({ InitiatingProcessId: step.parentPid, FolderPath: step.image, LogonId: Number.parseInt(step.logonId, 16) });
    expect(Math.floor(time(defender[0]?.['ProcessCreationTime']))).toBe(time(step.start));

    const sysmon = bySysmon.filter((row) => row['ProcessId'] === step.pid && row['Image'] === step.image && row['CommandLine'] === step.commandLine);
    expect(sysmon).toHaveLength(1);
    expect(sysmon[0]?.['ParentProcessId']).toBe(step.parentPid);
  });

  it('runs in logon sessions that were opened before', () => {
    const logons = securityEvents().filter((row) => row['EventID'] === 4624 && row['Computer'] === 'WS-0142');
    for (const step of facts.processChain) {
      const logon = logons.filter((row) => row['TargetLogonId'] === step.logonId);
      expect([step.step, logon.map((row) => row['Account'])]).toEqual([step.step, [step.account]]);
      expect(time(logon[0]?.['TimeGenerated'])).toBeLessThan(time(step.start));
    }
  });
});

describe('every Windows machine', () => {
  it('has unique Defender parents: the initiating process of a row is the row of that process', () => {
    const rows = jsonLines('device-events.zip', 'DeviceProcessEvents.jsonl');
    const keys = new Set(rows.map((row) => `${String(row['DeviceName'])}|${String(row['ProcessId'])}|${String(row['ProcessCreationTime'])}`));
    expect(keys.size).toBe(rows.length);
    const roots = new Set(
      rows
        .filter((row) => !keys.has(`${String(row['DeviceName'])}|${String(row['InitiatingProcessId'])}|${String(row['InitiatingProcessCreationTime'])}`))
        .map((row) => row['InitiatingProcessFileName']),
    );
    expect([...roots].sort()).toEqual(['System', 'smss.exe', 'wininit.exe', 'winlogon.exe']);
  });
});

describe('the encoded PowerShell', () => {
  it('is UTF-16LE base64 and decodes to the download', () => {
    const { base64, decoded, url, domain, commandLine } = facts.encodedPowerShell;
    const row = securityEvents().find((item) => item['NewProcessId'] === '0x1b74' && item['Computer'] === 'WS-0142' && item['EventID'] === 4688);
    expect(row?.['CommandLine']).toBe(commandLine);
    const argument = String(row?.['CommandLine']).split(' ').at(-1) ?? '';
    expect(argument).toBe(base64);
    expect(argument).toHaveLength(388);
    const text = Buffer.from(argument, 'base64').toString('utf16le');
    expect(text).toBe(decoded);
    expect(text).toHaveLength(145);
    expect(text).toContain(url);
    expect(text).toContain(domain);
    expect(Buffer.from(text, 'utf16le').toString('base64')).toBe(argument);
  });

  it('has followers on the file server that decode too', () => {
    expect(facts.encodedPowerShell.onOtherHosts.map((item) => item.computer)).toEqual(['FS-0007', 'FS-0007', 'FS-0007']);
    const decoded = facts.encodedPowerShell.onOtherHosts.map((item) => Buffer.from(item.commandLine.split(' ').at(-1) ?? '', 'base64').toString('utf16le'));
    expect(decoded[0]).toContain('http://drop.example.net/f.ps1');
    expect(decoded[2]).toContain('Get-ChildItem D:\\finance');
  });
});
