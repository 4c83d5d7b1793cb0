/**
 * What runs on a Windows machine on an ordinary day: services, updates, a management agent, and what a person at the keyboard
 * starts. Gives templates only; `noise.ts` decides when they run.
 */
import type { Random } from '../core/random.ts';
import { sys } from '../world/programs.ts';

/** Which running process starts the job. */
export type ParentKey = 'services' | 'broker' | 'scheduler' | 'agent' | 'explorer' | 'outlook' | 'search' | 'defender';

export type Job = {
  readonly image: string;
  readonly parent: ParentKey;
  readonly weight: number;
  /** Shortest and longest life in seconds. */
  readonly life: readonly [number, number];
  /** Console programs bring a conhost.exe with them. */
  readonly console?: boolean;
  readonly args: (random: Random) => string;
};

type JobArgs = string | readonly string[] | ((random: Random) => string);

function job(image: string, parent: ParentKey, weight: number, life: readonly [number, number], args: JobArgs = '', console = false): Job {
  const text = typeof args === 'function' ? args : typeof args === 'string' ? () => args : (random: Random) => random.pick(args);
  return { image, parent, weight, life, args: text, console };
}

const AGENT_DIR = 'C:\\Program Files\\Harbour Agent';
const DEFENDER_DIR = 'C:\\ProgramData\\Microsoft\\Windows Defender\\Platform\\4.18.26010.5-0';
const APPS = 'C:\\Windows\\SystemApps';

const SERVICE_ARGS = [
  '-k netsvcs -p -s wuauserv',
  '-k netsvcs -p -s BITS',
  '-k netsvcs -p -s Appinfo',
  '-k netsvcs -p -s UsoSvc',
  '-k netsvcs -p -s wlidsvc',
  '-k netsvcs -p -s DsmSvc',
  '-k LocalSystemNetworkRestricted -p -s PcaSvc',
  '-k LocalSystemNetworkRestricted -p -s WdiSystemHost',
  '-k wsappx -p -s ClipSVC',
  '-k wsappx -p -s AppXSvc',
  '-k smphost',
  '-k swprv',
  '-k WerSvcGroup',
  '-k appmodel -p -s camsvc',
] as const;

const guidArg = (random: Random): string => `/Processid:{${random.guid().toUpperCase()}}`;
const searchArgs = (random: Random): string =>
  `Global\\UsGthrFltPipeMssGthrPipe${random.int(2, 60)}_ Global\\UsGthrCtrlFltPipeMssGthrPipe${random.int(2, 60)} 1 -2147483646`;

/** Jobs of the operating system and the management agent, run as SYSTEM. */
export const SYSTEM_JOBS: readonly Job[] = [
  job(sys('svchost.exe'), 'services', 26, [90, 1_500], SERVICE_ARGS),
  job(`${AGENT_DIR}\\hinventory.exe`, 'agent', 9, [1, 14], ['--quick', '--disks', '--software --delta'], true),
  job(`${AGENT_DIR}\\hpatch.exe`, 'agent', 4, [2, 40], ['--scan', '--scan --offline-cache'], true),
  job(sys('cmd.exe'), 'agent', 6, [1, 5], [`/c "${AGENT_DIR}\\scripts\\disk.cmd"`, `/c "${AGENT_DIR}\\scripts\\clock.cmd"`], true),
  job(sys('sc.exe'), 'agent', 3, [1, 2], ['query state= all', 'qc HarbourAgent'], true),
  job(sys('ipconfig.exe'), 'agent', 2, [1, 2], '/all', true),
  job(sys('netsh.exe'), 'agent', 2, [1, 3], ['interface ipv4 show config', 'advfirewall show currentprofile'], true),
  job(sys('reg.exe'), 'agent', 3, [1, 2], 'query HKLM\\SOFTWARE\\Harbour /s', true),
  job(sys('tasklist.exe'), 'agent', 2, [1, 3], '/fo csv /nh', true),
  job(sys('wevtutil.exe'), 'agent', 2, [1, 4], 'qe System /c:5 /rd:true /f:text', true),
  job(sys('w32tm.exe'), 'agent', 1, [1, 3], '/query /status', true),
  job(sys('route.exe'), 'agent', 1, [1, 2], 'print -4', true),
  job(sys('ARP.EXE'), 'agent', 1, [1, 2], '-a', true),
  job(sys('quser.exe'), 'agent', 1, [1, 2], '', true),
  job(sys('fltMC.exe'), 'agent', 1, [1, 2], 'instances', true),
  job(sys('driverquery.exe'), 'agent', 1, [1, 5], '/fo csv', true),
  job(
    `${DEFENDER_DIR}\\MpCmdRun.exe`,
    'defender',
    6,
    [2, 60],
    ['SpyNetServiceDss -RestrictPrivileges', 'SignatureUpdate -ScheduleJob -RestrictPrivileges'],
    true,
  ),
  job(sys('MpSigStub.exe'), 'defender', 1, [2, 20], '/stub 1.1.26010.2 /payload 1.445.310.0'),
  job('C:\\Program Files\\Windows Defender Advanced Threat Protection\\SenseCncProxy.exe', 'services', 2, [3, 90]),
  job('C:\\Program Files\\Windows Defender Advanced Threat Protection\\SenseNdr.exe', 'services', 1, [60, 900]),
  job(sys('taskhostw.exe'), 'scheduler', 9, [4, 300], ['', 'SYSTEM', 'Logon', 'None']),
  job('C:\\Program Files (x86)\\Microsoft\\EdgeUpdate\\MicrosoftEdgeUpdate.exe', 'scheduler', 4, [2, 30], ['/c', '/ua /installsource scheduler']),
  job(sys('UsoClient.exe'), 'scheduler', 3, [1, 5], ['StartScan', 'StartOobeAppsScanAfterUpdate'], true),
  job('C:\\Windows\\uus\\AMD64\\MoUsoCoreWorker.exe', 'broker', 3, [30, 600], '-Embedding'),
  job(sys('CompatTelRunner.exe'), 'scheduler', 2, [3, 120], ['-maintenance', '-m:appraiser.dll -f:DoScheduledTelemetryRun'], true),
  job(sys('DeviceCensus.exe'), 'scheduler', 1, [1, 10], 'SystemCxt'),
  job('C:\\Windows\\servicing\\TrustedInstaller.exe', 'services', 1, [60, 400]),
  job('C:\\Windows\\WinSxS\\amd64_microsoft-windows-servicingstack_10.0.26100.1_none\\TiWorker.exe', 'broker', 1, [30, 300], '-Embedding'),
  job(
    'C:\\Program Files\\Common Files\\Microsoft Shared\\ClickToRun\\OfficeC2RClient.exe',
    'scheduler',
    2,
    [2, 20],
    '/frequentupdate SCHEDULEDTASK displaylevel=False',
  ),
  job(sys('SearchProtocolHost.exe'), 'search', 7, [60, 400], searchArgs),
  job(sys('SearchFilterHost.exe'), 'search', 6, [60, 300], (random) => `${random.int(700, 990)} ${random.int(2_000, 3_900)} ${random.int(700, 990)} 8192`),
  job(sys('wermgr.exe'), 'scheduler', 2, [1, 6], '-upload'),
  job(sys('sppsvc.exe'), 'services', 2, [30, 120]),
  job(sys('SppExtComObj.exe'), 'broker', 2, [30, 90], '-Embedding'),
  job(sys('WUDFHost.exe'), 'services', 1, [100, 900], (random) => `-HostGUID:{${random.guid()}}`),
  job(sys('audiodg.exe'), 'services', 2, [120, 900], (random) => `0x${random.hex(3)} 0x${random.hex(3)}`),
  job(sys('msiexec.exe'), 'services', 2, [5, 200], '/V'),
  job(sys('dllhost.exe'), 'broker', 7, [5, 60], guidArg),
  job(sys('gpupdate.exe'), 'scheduler', 1, [2, 9], '/target:computer', true),
  job(sys('defrag.exe'), 'scheduler', 1, [10, 200], '-c -h -k -g -$', true),
  job(sys('SrTasks.exe'), 'scheduler', 1, [2, 40], 'ExecuteScheduledSPPCreation', true),
  job(sys('wsqmcons.exe'), 'scheduler', 1, [1, 6]),
  job(sys('sdiagnhost.exe'), 'broker', 1, [10, 60], '-Embedding', true),
  job(sys('LogonUI.exe'), 'services', 1, [5, 400], '/flags:0x2 /state0:0xa3b1a055 /state1:0x41c64e6d'),
  job(sys('dstokenclean.exe'), 'scheduler', 1, [1, 3]),
  job(sys('lpremove.exe'), 'scheduler', 1, [1, 3]),
];

/** Jobs that event 4688 reports under the machine's own account. */
export const MACHINE_JOBS: readonly Job[] = [
  job(sys('wbem\\WmiPrvSE.exe'), 'broker', 18, [60, 300], '-secured -Embedding'),
  job(sys('taskhostw.exe'), 'scheduler', 14, [4, 200], ['', 'Install $(Arg0)', 'KEYROAMING']),
  job(sys('backgroundTaskHost.exe'), 'broker', 16, [5, 40], (random) => `-ServerName:App.AppX${random.hex(20)}.mca`),
  job(sys('dllhost.exe'), 'broker', 14, [5, 30], guidArg),
  job(sys('svchost.exe'), 'services', 16, [60, 900], SERVICE_ARGS),
  job(`${DEFENDER_DIR}\\MpCmdRun.exe`, 'defender', 5, [2, 30], 'GetDeviceTicket -AccessKey REDACTED', true),
  job(
    sys('rundll32.exe'),
    'scheduler',
    3,
    [1, 8],
    ['C:\\Windows\\system32\\Windows.StateRepositoryClient.dll,StateRepositoryDoMaintenanceTasks', 'C:\\Windows\\system32\\PcaSvc.dll,PcaPatchSdbTask'],
  ),
  job(sys('smartscreen.exe'), 'broker', 3, [20, 90], '-Embedding'),
  job(`${AGENT_DIR}\\hinventory.exe`, 'agent', 5, [1, 10], '--heartbeat', true),
];

/** What a person's session starts. */
export const USER_JOBS: readonly Job[] = [
  job(
    'C:\\Program Files (x86)\\Microsoft\\EdgeWebView\\Application\\145.0.3800.58\\msedgewebview2.exe',
    'outlook',
    16,
    [20, 900],
    (random) => `--type=renderer --lang=en-GB --renderer-client-id=${random.int(4, 60)} --mojo-platform-channel-handle=${random.int(2_000, 4_000)}`,
  ),
  job(sys('RuntimeBroker.exe'), 'broker', 26, [30, 600], '-Embedding'),
  job(sys('backgroundTaskHost.exe'), 'broker', 18, [5, 40], (random) => `-ServerName:App.AppX${random.hex(20)}.mca`),
  job(sys('dllhost.exe'), 'broker', 20, [5, 30], guidArg),
  job(sys('smartscreen.exe'), 'broker', 8, [20, 90], '-Embedding'),
  job(sys('SearchProtocolHost.exe'), 'search', 8, [60, 300], searchArgs),
  job(`${APPS}\\MicrosoftWindows.Client.CBS_cw5n1h2txyewy\\SearchHost.exe`, 'broker', 4, [30, 400], '-ServerName:CortanaUI.mca'),
  job(`${APPS}\\Microsoft.Windows.StartMenuExperienceHost_cw5n1h2txyewy\\StartMenuExperienceHost.exe`, 'broker', 2, [60, 900], '-ServerName:App.AppX.mca'),
  job(`${APPS}\\ShellExperienceHost_cw5n1h2txyewy\\ShellExperienceHost.exe`, 'broker', 3, [60, 900], '-ServerName:App.AppX.mca'),
  job(`${APPS}\\MicrosoftWindows.Client.CBS_cw5n1h2txyewy\\TextInputHost.exe`, 'broker', 2, [60, 900], '-ServerName:InputApp.AppX.mca'),
  job('C:\\Program Files\\Microsoft OneDrive\\26.021.0202.0003\\FileCoAuth.exe', 'broker', 5, [10, 60], '-Embedding'),
  job('C:\\Program Files\\Microsoft OneDrive\\OneDriveStandaloneUpdater.exe', 'scheduler', 1, [2, 20], '/reporting'),
  job(sys('notepad.exe'), 'explorer', 3, [20, 900], ['C:\\Users\\j.novak\\Documents\\handover.txt', 'C:\\Users\\j.novak\\Desktop\\berths.txt']),
  job(
    'C:\\Program Files\\Microsoft Office\\root\\Office16\\EXCEL.EXE',
    'explorer',
    5,
    [60, 1_500],
    ['"C:\\Users\\j.novak\\Documents\\demurrage-2026-03.xlsx"', '"\\\\FS-0007\\ops\\tariffs.xlsx"'],
  ),
  job(
    'C:\\Program Files\\Example Reader\\Reader.exe',
    'explorer',
    5,
    [30, 1_200],
    ['"C:\\Users\\j.novak\\Downloads\\manifest-7712.pdf"', '"C:\\Users\\j.novak\\Downloads\\BL-20981.pdf"'],
  ),
  job('C:\\Windows\\explorer.exe', 'broker', 4, [30, 900], '/factory,{75dff2b7-6936-4c06-a8bb-676a7b00b24b} -Embedding'),
  job('C:\\Windows\\SystemApps\\Microsoft.Windows.AppRep.ChxApp\\CHXSmartScreen.exe', 'broker', 1, [5, 40], '-ServerName:App.AppX.mca'),
  job('C:\\Program Files\\WindowsApps\\Microsoft.WindowsCalculator_11.2502.2.0_x64\\CalculatorApp.exe', 'broker', 2, [30, 400], '-ServerName:App.AppX.mca'),
  job('C:\\Program Files\\WindowsApps\\Microsoft.ScreenSketch_11.2601.4.0_x64\\SnippingTool.exe', 'explorer', 2, [10, 120], '/printScreen'),
  job(sys('ApplicationFrameHost.exe'), 'broker', 2, [60, 900], '-Embedding'),
  job(sys('mspaint.exe'), 'explorer', 1, [20, 300]),
  job('C:\\Windows\\ImmersiveControlPanel\\SystemSettings.exe', 'broker', 1, [20, 200], '-ServerName:microsoft.windows.immersivecontrolpanel'),
  job(sys('taskhostw.exe'), 'scheduler', 6, [4, 100], ['', 'USER']),
  job(sys('ctfmon.exe'), 'scheduler', 1, [60, 900]),
  job(sys('WerFault.exe'), 'explorer', 1, [2, 10], (random) => `-u -p ${random.int(1_000, 9_000)} -s ${random.int(200, 900)}`),
  job(sys('LockApp.exe'), 'broker', 1, [30, 300], '-ServerName:WindowsDefaultLockScreen'),
  job(sys('GameBarPresenceWriter.exe'), 'broker', 1, [20, 100], '-ServerName:Windows.Gaming.GameBar.Internal.PresenceWriterServer'),
  job(sys('PickerHost.exe'), 'broker', 2, [5, 40], '-Embedding'),
  job('C:\\Windows\\System32\\spool\\drivers\\x64\\3\\PrintConfig.exe', 'explorer', 1, [3, 20]),
];
