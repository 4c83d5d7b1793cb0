/** Made-up logon and process rows, the same on every machine: written once per size into the temporary folder. */
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

export const benchDir = path.join(os.tmpdir(), 'casebench-bench');

/** 12 columns: a time, two ids, an int, short and long texts, an address, a null-heavy and a float column. */
const rowsSql = (rows: number): string => `
  select
    strftime(make_timestamp(1773180000000000 + (i * 137731) % 432000000000 + i), '%Y-%m-%dT%H:%M:%S.%fZ') as "TimeGenerated",
    'WS-' || lpad(((hash(i) % 400))::varchar, 4, '0') as "Computer",
    (array[4624, 4625, 4672, 4688, 4689, 7045, 5156, 5140])[1 + (hash(i * 3) % 8)::int] as "EventID",
    'CORP\\user' || (hash(i * 5) % 900) as "Account",
    case when hash(i * 7) % 4 = 0 then null else '10.' || (hash(i * 11) % 256) || '.' || (hash(i * 13) % 256) || '.' || (hash(i * 17) % 256) end as "IpAddress",
    '0x' || printf('%x', (hash(i * 19) % 65536)::int) as "NewProcessId",
    'C:\\Windows\\System32\\' || (array['svchost.exe','cmd.exe','powershell.exe','conhost.exe','taskhostw.exe','net.exe'])[1 + (hash(i * 23) % 6)::int] as "NewProcessName",
    'C:\\Windows\\System32\\tool' || (hash(i * 29) % 5000) || '.exe /run /id:' || hash(i * 31) || ' --quiet' as "CommandLine",
    md5(i::varchar) as "SourceComputerId",
    (hash(i * 37) % 100000)::int as "Bytes",
    ((hash(i * 41) % 10000) / 100.0)::double as "Score",
    case when hash(i * 43) % 50 = 0 then 'failure' else null end as "Status"
  from range(${rows}) t(i)`;

/** Path of a CSV of that many rows. */
export const csvOf = async (rows: number): Promise<string> => {
  mkdirSync(benchDir, { recursive: true });
  const file = path.join(benchDir, `events-${rows}.csv`);
  if (existsSync(file)) return file;
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const making = `${file}.making.csv`;
  await connection.run(`copy (${rowsSql(rows)}) to '${making}' (format csv, header)`);
  connection.closeSync();
  instance.closeSync();
  renameSync(making, file);
  return file;
};
