/** The numbers that the workspace shows when the sample opens: WS-0142, 11 March 2026, 21:40 to 23:10. */
import { describe, expect, it } from 'vitest';
import { securityEvents, time, truth } from './shipped.ts';
import type { Cells } from './shipped.ts';

function counts(rows: readonly Cells[], column: string): Record<string, number> {
  const found: Record<string, number> = {};
  for (const row of rows) found[String(row[column])] = (found[String(row[column])] ?? 0) + 1;
  return found;
}

describe('SecurityEvent of WS-0142 in the evening', () => {
  const { firstScreen } = truth();
  const inWindow = securityEvents().filter(
    (row) =>
      row['Computer'] === firstScreen.computer &&
      time(row['TimeGenerated']) >= time(firstScreen.from) &&
      time(row['TimeGenerated']) < time(firstScreen.to) &&
      firstScreen.eventIds.includes(Number(row['EventID'])),
  );
  const people = inWindow.filter((row) => !String(row['Account']).endsWith('$'));

  it('has the counts by event id', () => {
    expect(counts(people, 'EventID')).toEqual({ 4688: 702, 4624: 288, 4672: 201, 4625: 90, 7045: 3 });
    expect(people.length).toBe(1_284);
    expect(firstScreen.withoutMachineAccount.byEventId).toEqual(counts(people, 'EventID'));
  });

  it('has the counts by account', () => {
    expect(counts(people, 'Account')).toEqual({ 'CORP\\svc-backup': 41, 'CORP\\adm-m.ortiz': 63, 'CORP\\j.novak': 388, 'NT AUTHORITY\\SYSTEM': 792 });
    expect(inWindow.length - people.length).toBe(1_204);
    expect(firstScreen.machineAccount.rows).toBe(1_204);
  });

  it("shows the intruder's addresses few times and the tools once", () => {
    const addresses = counts(people, 'IpAddress');
    expect(addresses['198.51.100.23']).toBe(2);
    expect(addresses['203.0.113.77']).toBe(7);
    expect(addresses['10.20.4.12']).toBe(61);
    const processes = counts(people, 'NewProcessName');
    expect(processes['C:\\Windows\\System32\\vssadmin.exe']).toBe(1);
    expect(processes['C:\\Windows\\System32\\certutil.exe']).toBe(1);
    const names = Object.keys(processes).filter((name) => name !== 'undefined');
    expect([names.length, firstScreen.distinctProcesses]).toEqual([86, 86]);
  });
});

describe('SecurityEvent as a whole', () => {
  it('is in time order, with an offset in every time', () => {
    const times = securityEvents().map((row) => time(row['TimeGenerated']));
    expect(times.every((us, index) => index === 0 || us >= (times[index - 1] ?? 0))).toBe(true);
    expect(securityEvents().every((row) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+01:00$/.test(String(row['TimeGenerated'])))).toBe(true);
  });

  it('numbers records per machine without gaps', () => {
    const last = new Map<unknown, number>();
    for (const row of securityEvents()) {
      const before = last.get(row['Computer']);
      if (before !== undefined && row['EventRecordId'] !== before + 1)
        throw new Error(`Record ${String(row['EventRecordId'])} of ${String(row['Computer'])} follows ${before}`);
      last.set(row['Computer'], Number(row['EventRecordId']));
    }
    expect(last.size).toBe(6);
  });
});
