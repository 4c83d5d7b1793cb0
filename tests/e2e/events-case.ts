/** A case with one table of 600 events, made by the engine's own code: ten seconds apart, with counts a test can know by heart. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCase } from '../../main/case/index.ts';
import { importPaths } from '../../main/evidence/import-paths.ts';
import { systemClock } from '../../main/shared/clock.ts';

export const eventCount = 600;
/** Of 600: 4688 240, the others 120 each. */
const ids = [4688, 4624, 4688, 4625, 4672] as const;
export const eventId = (row: number): number => ids[row % ids.length] ?? 0;
const startMs = Date.UTC(2026, 2, 11, 21, 0, 0);
const longCommand = `powershell.exe -Enc ${'QUJD'.repeat(500)}`;

const line = (row: number): string =>
  [
    new Date(startMs + row * 10_000).toISOString(),
    eventId(row),
    `CORP\\user${row % 7}`,
    row % 3 === 0 ? `198.51.100.${row % 20}` : '',
    `WS-${String(row % 5).padStart(4, '0')}`,
    row === 5 ? longCommand : `cmd.exe /c http://evil${row % 4}.example/${row}`,
  ].join(',');

/** Folder that holds `Events.case`; `remove` takes it away. */
export const makeEventsCase = async (): Promise<{ caseDir: string; folder: string; remove(): void }> => {
  const folder = mkdtempSync(join(tmpdir(), 'casebench-events-'));
  const csv = join(folder, 'SecurityEvent.csv');
  writeFileSync(csv, ['TimeGenerated,EventID,Account,IpAddress,Computer,CommandLine', ...Array.from({ length: eventCount }, (_, row) => line(row)), ''].join('\n'));
  const caseDir = join(folder, 'Events.case');
  const session = await createCase(caseDir, 'Events', { clock: systemClock, homeDir: folder });
  await importPaths(session, [{ path: csv }], { clock: systemClock, job: { signal: new AbortController().signal, progress: () => undefined } });
  await session.close();
  return { caseDir, folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
};
