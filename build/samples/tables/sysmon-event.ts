/**
 * Sysmon of WS-0142 for the evening: process start (1) and end (5), connections (3), files (11), registry values (13), names
 * looked up (22). Same processes, ids and times as the Security log; field names as Sysmon writes them.
 */
import { idOf, qualified } from '../world/accounts.ts';
import { WS_0142 } from '../world/hosts.ts';
import { ATTACKER, WEB_SERVICES } from '../world/places.ts';
import { IMAGES, program } from '../world/programs.ts';
import { dirName, hexId } from '../core/text.ts';
import type { Random } from '../core/random.ts';
import { isoOffset, on11, plain } from '../core/time.ts';
import { ARCHIVE, DOMAINS, LURE, PAYLOAD, TASK_KEY, TASK_NAME } from '../story/intrusion.ts';
import type { Connection } from '../windows/connections.ts';
import type { Fleet } from '../windows/fleet.ts';
import type { WinProcess } from '../windows/process-host.ts';
import type { Row } from '../write/text-tables.ts';

export const SYSMON_COLUMNS = [
  'TimeGenerated',
  'EventID',
  'Computer',
  'Channel',
  'UtcTime',
  'RuleName',
  'ProcessGuid',
  'ProcessId',
  'Image',
  'CommandLine',
  'CurrentDirectory',
  'User',
  'LogonId',
  'IntegrityLevel',
  'Company',
  'Hashes',
  'ParentProcessGuid',
  'ParentProcessId',
  'ParentImage',
  'ParentCommandLine',
  'TargetFilename',
  'CreationUtcTime',
  'TargetObject',
  'Details',
  'EventType',
  'QueryName',
  'QueryStatus',
  'QueryResults',
  'Protocol',
  'Initiated',
  'SourceIp',
  'SourcePort',
  'DestinationIp',
  'DestinationHostname',
  'DestinationPort',
] as const;

const FROM_US = on11('21:25:00.000');
const TO_US = on11('23:20:00.000');
const OFFSET_HOURS = 1;

const guidOf = (made: Pick<WinProcess, 'pid' | 'startUs'>): string => `{${idOf(`process ${made.pid} ${made.startUs}`)}}`;

type Source = Pick<WinProcess, 'pid' | 'image' | 'startUs' | 'account'>;

function base(us: number, eventId: number, made: Source): Row {
  return {
    TimeGenerated: isoOffset(us, OFFSET_HOURS),
    EventID: eventId,
    Computer: WS_0142.name,
    Channel: 'Microsoft-Windows-Sysmon/Operational',
    UtcTime: plain(us),
    ProcessGuid: guidOf(made),
    ProcessId: made.pid,
    Image: made.image,
    User: qualified(made.account),
  };
}

function started(made: WinProcess): Row {
  const file = program(made.image);
  return {
    ...base(made.startUs, 1, made),
    RuleName: '-',
    CommandLine: made.commandLine,
    CurrentDirectory: `${dirName(made.image)}\\`,
    LogonId: hexId(made.logonId),
    IntegrityLevel: made.integrity,
    Company: file.company,
    Hashes: `SHA256=${file.sha256.toUpperCase()}`,
    ParentProcessGuid: made.parent === null ? null : guidOf(made.parent),
    ParentProcessId: made.parent?.pid,
    ParentImage: made.parent?.image,
    ParentCommandLine: made.parent?.commandLine,
  };
}

/** Eleven files of the story, with the process that made them. */
function storyFiles(steps: (image: string) => WinProcess): readonly (readonly [string, WinProcess, string])[] {
  const users = 'C:\\Users\\j.novak\\AppData';
  return [
    ['22:03:59.771', steps(IMAGES.word), `${LURE.folder}\\~$voice_8841.docm`],
    ['22:04:04.902', steps(IMAGES.word), `${users}\\Local\\Microsoft\\Windows\\INetCache\\IE\\2XQ1B7M0\\t[1].dotm`],
    ['22:04:18.340', steps(IMAGES.powershell), `${users}\\Local\\Temp\\__PSScriptPolicyTest_m2x0v4kq.1ta.ps1`],
    ['22:04:19.205', steps(IMAGES.powershell), `${users}\\Local\\Microsoft\\Windows\\PowerShell\\ModuleAnalysisCache`],
    ['22:04:27.318', steps(IMAGES.certutil), `${users}\\LocalLow\\Microsoft\\CryptnetUrlCache\\Content\\77EC63BDA74BD0D0E0426DC8F8008506`],
    ['22:04:27.322', steps(IMAGES.certutil), `${users}\\LocalLow\\Microsoft\\CryptnetUrlCache\\MetaData\\77EC63BDA74BD0D0E0426DC8F8008506`],
    ['22:04:27.604', steps(IMAGES.certutil), PAYLOAD.path],
    ['22:07:32.395', steps(IMAGES.schtasks), `C:\\Windows\\System32\\Tasks\\${TASK_NAME}`],
    ['22:08:56.020', steps(IMAGES.rundll32), 'C:\\Users\\Public\\l.txt'],
    ['22:11:47.310', steps(IMAGES.sevenZip), `${ARCHIVE.path}.tmp`],
    ['22:13:58.650', steps(IMAGES.sevenZip), ARCHIVE.path],
  ];
}

export function sysmonRows(fleet: Fleet, connections: readonly Connection[], random: Random): Row[] {
  const { host, chain, edge, outlook } = fleet.ws0142;
  const rows: { us: number; row: Row }[] = [];
  const inRange = (us: number): boolean => us >= FROM_US && us < TO_US;
  const put = (us: number, row: Row): void => {
    if (inRange(us)) rows.push({ us, row });
  };
  const step = (image: string): WinProcess => {
    const found = chain.steps.find((item) => item.image === image);
    if (found === undefined) throw new Error(`The chain has no ${image}`);
    return found;
  };

  for (const made of host.all()) {
    put(made.startUs, started(made));
    if (made.endUs !== null) put(made.endUs, base(made.endUs, 5, made));
  }
  for (const item of connections) {
    if (item.host !== WS_0142 || item.action.endsWith('Inspected')) continue;
    const inbound = item.action === 'InboundConnectionAccepted';
    put(item.us, {
      ...base(item.us, 3, item.caller),
      Protocol: item.protocol.toLowerCase(),
      Initiated: !inbound,
      SourceIp: inbound ? item.remoteIp : WS_0142.ip,
      SourcePort: inbound ? item.remotePort : item.localPort,
      DestinationIp: inbound ? WS_0142.ip : item.remoteIp,
      DestinationPort: inbound ? item.localPort : item.remotePort,
      DestinationHostname: item.remoteUrl.includes('/') ? '' : item.remoteUrl,
    });
  }

  const file = (us: number, made: Source, path: string): void => put(us, { ...base(us, 11, made), TargetFilename: path, CreationUtcTime: plain(us) });
  for (const [clock, made, path] of storyFiles(step)) file(on11(clock), made, path);
  for (let index = 0; index < 240; index += 1) {
    const us = FROM_US + random.int(12 * 60_000, 110 * 60_000) * 1_000;
    const browser = random.chance(0.7) && us < (edge.endUs ?? TO_US);
    file(
      us,
      browser ? edge : outlook,
      browser
        ? `C:\\Users\\j.novak\\AppData\\Local\\Microsoft\\Edge\\User Data\\Default\\Cache\\f_${random.hex(6)}`
        : `C:\\Users\\j.novak\\AppData\\Local\\Microsoft\\Outlook\\RoamCache\\Stream_${random.hex(8)}.dat`,
    );
  }

  const value = (clock: string, made: Source, target: string, details: string): void => {
    const us = on11(clock);
    put(us, { ...base(us, 13, made), EventType: 'SetValue', TargetObject: target, Details: details });
  };
  value(
    '22:04:00.118',
    step(IMAGES.word),
    'HKU\\S-1-5-21-3120457781-902113845-1467725912-1142\\Software\\Microsoft\\Office\\16.0\\Word\\Security\\Trusted Documents\\TrustRecords\\Invoice_8841.docm',
    'Binary Data',
  );
  const scheduler = host.all().find((made) => made.commandLine.endsWith('-s Schedule')) ?? step(IMAGES.rundll32);
  value('22:07:32.398', scheduler, `${TASK_KEY}\\Id`, `{${idOf('task').toUpperCase()}}`);
  value(
    '22:07:44.305',
    fleet.ws0142.services,
    `HKLM\\System\\CurrentControlSet\\Services\\${TASK_NAME}\\ImagePath`,
    `C:\\Windows\\System32\\rundll32.exe ${PAYLOAD.path},Service`,
  );

  const looked = (us: number, made: Source, name: string, ip: string): void =>
    put(us, { ...base(us, 22, made), QueryName: name, QueryStatus: 0, QueryResults: `::ffff:${ip};` });
  looked(on11('22:04:04.268'), step(IMAGES.word), DOMAINS.stage, ATTACKER.ip);
  looked(on11('22:04:18.902'), step(IMAGES.powershell), DOMAINS.stage, ATTACKER.ip);
  looked(on11('22:14:20.208'), step(IMAGES.curl), DOMAINS.drop, ATTACKER.ip);
  for (let index = 0; index < 420; index += 1) {
    const us = on11('21:36:30.000') + random.int(0, 80 * 60_000) * 1_000;
    const [ip, name] = random.weighted(WEB_SERVICES.map((entry) => [entry, entry[2]] as const));
    looked(us, edge, name, ip);
  }
  return rows.sort((left, right) => left.us - right.us).map((item) => item.row);
}
