/** Real evidence from public collections, where it is at hand beside the repository. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBench, type Bench } from './import-support.ts';

const shared = resolve(dirname(fileURLToPath(import.meta.url)), '../../../shared');
const datasets = join(shared, 'data/security-datasets');
const golden = join(shared, 'goldens/12_mordor/expected-archives.json');
const msticpy = join(shared, 'data/msticpy');

type Member = { name: string; bytes: number; rows?: number; bad_lines?: number; keys?: number };
type Archive = { file: string; members: Member[] };
const archives: Archive[] = existsSync(golden) && existsSync(datasets) ? (JSON.parse(readFileSync(golden, 'utf8')) as Archive[]) : [];
if (archives.length === 0) console.info('skipped: no security datasets beside the repository');
if (!existsSync(msticpy)) console.info('skipped: no MSTICPy data beside the repository');

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

describe.skipIf(archives.length === 0)('archives of recorded attacks', () => {
  it.each(archives.map((archive) => [archive.file.split('/').slice(-3).join('/'), archive] as const))('%s', async (_label, archive) => {
    const path = join(datasets, archive.file);
    const digest = createHash('sha256').update(await readFile(path)).digest('hex');
    const wanted = archive.members.filter((member) => member.rows !== undefined).map(({ name, rows, bad_lines, keys }) => ({ name, rows, rejected: bad_lines, columns: keys }));
    const captures = archive.members.filter((member) => /\.(cap|pcapng)$/.test(member.name)).length;
    const result = await bench.run([path]).catch((thrown: unknown) => {
      // an archive that holds nothing but captures
      expect(thrown).toMatchObject({ code: 'import.unsupported' });
      return null;
    });
    expect(createHash('sha256').update(await readFile(path)).digest('hex')).toBe(digest);
    if (result === null) {
      expect(captures).toBe(archive.members.length);
      return;
    }
    const found = result.tables.filter((table) => table.columns.length !== 2 || table.columns[1]?.name !== 'text').map((table) => ({ name: table.source.split(' › ')[1], rows: table.rows, rejected: table.rejected, columns: table.columns.length }));
    expect(found).toEqual(wanted);
    expect(result.failed).toHaveLength(captures);
    for (const table of result.tables) {
      expect(table.sha256).toBe(digest);
      const names = table.columns.map((column) => column.name);
      expect(new Set(names).size).toBe(names.length);
    }
  }, 120_000);
});

/** Rows as pandas counts them. */
const frames: Record<string, { rows: number; time: string | null }> = {
  'TimeSeriesDemo.csv': { rows: 840, time: 'TimeGenerated' },
  'alertlist.csv': { rows: 189, time: 'TimeGenerated' },
  'az_net_flows.csv': { rows: 460, time: 'TimeGenerated' },
  'demo_exchange_data.csv': { rows: 1_334, time: 'TimeGenerated' },
  'host_hb.csv': { rows: 1, time: 'TimeGenerated' },
  'host_logons.csv': { rows: 14, time: 'TimeGenerated' },
  'ip_locs.csv': { rows: 87, time: null },
  'linux_events.csv': { rows: 100, time: 'TimeGenerated' },
  'process_tree.csv': { rows: 117, time: 'TimeGenerated' },
  'processes_on_host.csv': { rows: 363, time: 'TimeGenerated' },
  'sudo_data.csv': { rows: 22, time: 'TimeGenerated' },
  'syslog_data.csv': { rows: 100, time: 'TimeGenerated' },
  'win_proc_test.pkl': { rows: 1_000, time: 'TimeGenerated' },
  'mde_proc_pub.pkl': { rows: 200, time: 'Timestamp' },
  'sent_incidents.pkl': { rows: 5, time: 'properties.firstActivityTimeUtc' },
  'localdata/host_logons.pkl': { rows: 25, time: 'TimeGenerated' },
  'dynamic_summary_df.json': { rows: 7, time: 'TimeGenerated' },
  'azmondata/az_mon_raw_query.json': { rows: 3, time: 'TimeGenerated' },
  'azmondata/az_mon_schema.json': { rows: 17, time: null },
  'kusto/kusto_raw_resp.json': { rows: 10, time: 'CreatedProcessCreationTime' },
  'velociraptor/Windows.Forensics.Lnk.json': { rows: 10, time: 'Mtime' },
  'velociraptor/Windows.Network.Netstat.json': { rows: 10, time: 'Timestamp' },
  'osquery/osqueryd.snapshots.log': { rows: 43, time: 'calendarTime' },
  'auditd_log.txt': { rows: 1_708, time: null },
};

describe.skipIf(!existsSync(msticpy))('data of MSTICPy', () => {
  it.each(Object.entries(frames))('%s', async (file, { rows, time }) => {
    const result = await bench.run([join(msticpy, file)]);
    expect(result.tables).toHaveLength(1);
    const { table } = await bench.read(result.tables[0]?.tableId ?? '');
    expect({ rows: table.rows, rejected: table.rejected, time: table.timeColumn }).toEqual({ rows, rejected: 0, time });
  });
});
