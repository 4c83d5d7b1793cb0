/**
 * Programs that run on the invented Windows machines: path, maker, and the file facts that endpoint tables repeat in every row.
 * Paths are those of a stock Windows; digests are invented.
 */
import { baseName, inventedHash } from '../core/text.ts';

export type Program = {
  readonly path: string;
  readonly fileName: string;
  readonly company: string;
  readonly sha256: string;
  readonly sha1: string;
  readonly sizeBytes: number;
};

const SYS = 'C:\\Windows\\System32';

function companyOf(path: string): string {
  if (path.includes('7-Zip')) return 'Igor Pavlov';
  if (path.includes('Harbour')) return 'Example Corp';
  if (path.includes('Reader')) return 'Example Reader Project';
  if (path.startsWith('C:\\Users\\Public')) return '';
  return 'Microsoft Corporation';
}

const cache = new Map<string, Program>();

/** Facts of the program at a path; the same for every machine and run. */
export function program(path: string): Program {
  const known = cache.get(path.toLowerCase());
  if (known !== undefined) return known;
  const sha256 = inventedHash('sha256', path.toLowerCase());
  const made: Program = {
    path,
    fileName: baseName(path),
    company: companyOf(path),
    sha256,
    sha1: inventedHash('sha1', path.toLowerCase()),
    sizeBytes: 24_576 + (Number.parseInt(sha256.slice(0, 5), 16) % 900) * 1_024,
  };
  cache.set(path.toLowerCase(), made);
  return made;
}

export const sys = (name: string): string => `${SYS}\\${name}`;

export const IMAGES = {
  system: 'System',
  smss: sys('smss.exe'),
  csrss: sys('csrss.exe'),
  wininit: sys('wininit.exe'),
  winlogon: sys('winlogon.exe'),
  services: sys('services.exe'),
  lsass: sys('lsass.exe'),
  svchost: sys('svchost.exe'),
  dwm: sys('dwm.exe'),
  userinit: sys('userinit.exe'),
  explorer: 'C:\\Windows\\explorer.exe',
  conhost: sys('conhost.exe'),
  cmd: sys('cmd.exe'),
  powershell: sys('WindowsPowerShell\\v1.0\\powershell.exe'),
  wmiprvse: sys('wbem\\WmiPrvSE.exe'),
  wsmprovhost: sys('wsmprovhost.exe'),
  edge: 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  webview: 'C:\\Program Files (x86)\\Microsoft\\EdgeWebView\\Application\\145.0.3800.58\\msedgewebview2.exe',
  teams: 'C:\\Users\\j.novak\\AppData\\Local\\Microsoft\\Teams\\current\\Teams.exe',
  outlook: 'C:\\Program Files\\Microsoft Office\\root\\Office16\\OUTLOOK.EXE',
  word: 'C:\\Program Files\\Microsoft Office\\root\\Office16\\WINWORD.EXE',
  excel: 'C:\\Program Files\\Microsoft Office\\root\\Office16\\EXCEL.EXE',
  splwow64: 'C:\\Windows\\splwow64.exe',
  certutil: sys('certutil.exe'),
  rundll32: sys('rundll32.exe'),
  whoami: sys('whoami.exe'),
  net: sys('net.exe'),
  net1: sys('net1.exe'),
  schtasks: sys('schtasks.exe'),
  vssadmin: sys('vssadmin.exe'),
  sevenZip: 'C:\\Program Files\\7-Zip\\7z.exe',
  curl: sys('curl.exe'),
  oneDrive: 'C:\\Program Files\\Microsoft OneDrive\\OneDrive.exe',
  securityTray: sys('SecurityHealthSystray.exe'),
  harbourAgent: 'C:\\Program Files\\Harbour Agent\\hagent.exe',
  pwsh: 'C:\\Program Files\\PowerShell\\7\\pwsh.exe',
  monitor: 'C:\\Program Files\\Harbour Agent\\hmonitor.exe',
} as const;
