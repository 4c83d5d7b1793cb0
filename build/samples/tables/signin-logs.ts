/**
 * SigninLogs as a portal export: UTF-8 with BOM, US times, 21 columns, sorted by time, and twelve damaged lines at known
 * places. Returns the finished text, because damage cannot be expressed as rows.
 */
import { BERG, ITO, LANG, NOVAK, ORTIZ, SILVA, STAFF } from '../world/accounts.ts';
import type { Account } from '../world/accounts.ts';
import { ATTACKER, ATTACKER_VPN, HOME_OSAKA, OFFICE, STAFF_PLACES } from '../world/places.ts';
import type { Place } from '../world/places.ts';
import type { Random } from '../core/random.ts';
import { at, on11, usAmPm } from '../core/time.ts';
import { csvLine } from '../write/text-tables.ts';
import type { Row } from '../write/text-tables.ts';

export const SIGNIN_COLUMNS = [
  'TimeGenerated',
  'UserPrincipalName',
  'IPAddress',
  'ResultType',
  'Location',
  'AppDisplayName',
  'DeviceDetail',
  'UserDisplayName',
  'UserId',
  'ResultDescription',
  'ClientAppUsed',
  'UserAgent',
  'ConditionalAccessStatus',
  'AuthenticationRequirement',
  'RiskLevelDuringSignIn',
  'RiskState',
  'RiskDetail',
  'LocationDetails',
  'IsInteractive',
  'OperationName',
  'Type',
] as const;

export const SIGNIN_GOOD_ROWS = 5_106;
/** 1-based lines of the file, header included. */
export const SIGNIN_REJECTS = {
  tooManyColumns: [1_204],
  unreadableTime: [2_871, 3_002, 3_310, 3_311, 3_588, 3_904, 4_217, 4_420, 4_777, 5_003],
  cutOff: [5_119],
} as const;

const RESULTS: Record<number, string> = {
  0: '',
  50053: 'The account is locked, you have tried to sign in too many times.',
  50074: 'Strong authentication is required.',
  50126: 'Error validating credentials due to invalid username or password.',
  50140: 'Interrupted by the keep-me-signed-in prompt.',
};

type Device = { readonly os: string; readonly browser: string; readonly agent: string };
const WINDOWS_10: Device = { os: 'Windows10', browser: 'Edge 145.0.0', agent: 'Mozilla/5.0 (Windows) Edg/145' };
const WINDOWS_11: Device = { os: 'Windows11', browser: 'Edge 145.0.0', agent: 'Mozilla/5.0 (Windows) Edg/145' };
const IOS: Device = { os: 'iOS', browser: 'Safari 26.2', agent: 'Mozilla/5.0 (iPhone) Safari/26.2' };
const MAC: Device = { os: 'MacOs', browser: 'Chrome 144.0.0', agent: 'Mozilla/5.0 (Macintosh) Chrome/144.0' };
const PYTHON: Device = { os: 'Linux', browser: 'Python Requests 2.32', agent: 'python-requests/2.32.3' };

type Signin = {
  readonly us: number;
  readonly account: Account;
  readonly place: Place;
  readonly result: number;
  readonly app: string;
  readonly device: Device | null;
};

/** The first lines, as the import preview shows them. */
const FIRST: readonly (readonly [string, Account, Place, number, string, Device | null])[] = [
  ['21:51:37.204', NOVAK, ATTACKER_VPN, 0, 'Office 365 Exchange', WINDOWS_10],
  ['21:51:39.880', NOVAK, ATTACKER_VPN, 50074, 'Office 365 Exchange', WINDOWS_10],
  ['21:52:04.017', ORTIZ, OFFICE, 0, 'Microsoft Teams', IOS],
  ['21:52:30.551', ITO, HOME_OSAKA, 50126, 'Azure Portal', MAC],
  ['21:53:12.340', NOVAK, ATTACKER_VPN, 0, 'Graph Explorer', PYTHON],
  ['21:54:00.002', SILVA, OFFICE, 0, 'Office 365 Exchange', WINDOWS_11],
  ['21:54:41.719', BERG, ATTACKER, 50053, 'Azure Portal', null],
  ['21:55:08.263', LANG, OFFICE, 0, 'SharePoint Online', WINDOWS_11],
  ['21:55:44.930', ORTIZ, OFFICE, 0, 'Office 365 Exchange', IOS],
  ['21:56:20.118', ITO, HOME_OSAKA, 0, 'Azure Portal', MAC],
  ['21:57:03.645', NOVAK, ATTACKER_VPN, 0, 'Office 365 Exchange', PYTHON],
  ['21:57:48.402', BERG, ATTACKER, 50053, 'Azure Portal', null],
];

/** Later uses of the stolen password, and the sign-in from the office that makes travel impossible. */
const STOLEN: readonly (readonly [string, Place, number, string, Device])[] = [
  ['22:02:18.551', ATTACKER_VPN, 0, 'Office 365 Exchange', PYTHON],
  ['22:09:51.003', ATTACKER_VPN, 0, 'Graph Explorer', PYTHON],
  ['22:30:12.774', ATTACKER_VPN, 50074, 'Office 365 Exchange', WINDOWS_10],
  ['22:33:40.190', ATTACKER_VPN, 0, 'Office 365 Exchange', WINDOWS_10],
  ['22:41:50.336', OFFICE, 0, 'Office 365 Exchange', WINDOWS_11],
  ['22:44:19.087', ATTACKER_VPN, 50074, 'Azure Portal', PYTHON],
];

const APPS = [
  ['Office 365 Exchange', 34],
  ['Microsoft Teams', 30],
  ['SharePoint Online', 16],
  ['Azure Portal', 6],
  ['Microsoft Authentication Broker', 12],
  ['OneDrive SyncEngine', 14],
] as const;
const ORDINARY_RESULTS = [
  [0, 940],
  [50126, 21],
  [50074, 22],
  [50140, 14],
  [50053, 1],
] as const;
const DEVICES = [
  [WINDOWS_11, 46],
  [WINDOWS_10, 22],
  [IOS, 18],
  [MAC, 9],
] as const;

function signinRow(item: Signin): Row {
  const { place, device } = item;
  return {
    TimeGenerated: usAmPm(item.us),
    UserPrincipalName: item.account.upn,
    IPAddress: place.ip,
    ResultType: item.result,
    Location: place.countryCode,
    AppDisplayName: item.app,
    DeviceDetail: device === null ? null : { operatingSystem: device.os, browser: device.browser },
    UserDisplayName: item.account.displayName,
    UserId: item.account.objectId,
    ResultDescription: RESULTS[item.result],
    ClientAppUsed: device === PYTHON ? 'Other clients' : device === IOS ? 'Mobile Apps and Desktop clients' : 'Browser',
    UserAgent: device?.agent,
    ConditionalAccessStatus: item.result === 0 ? 'success' : item.result === 50074 ? 'failure' : 'notApplied',
    AuthenticationRequirement: item.result === 50074 || place === ATTACKER_VPN ? 'multiFactorAuthentication' : 'singleFactorAuthentication',
    RiskLevelDuringSignIn: place === ATTACKER_VPN ? 'medium' : place === ATTACKER ? 'high' : 'none',
    RiskState: place === ATTACKER_VPN || place === ATTACKER ? 'atRisk' : 'none',
    LocationDetails: {
      city: place.city,
      state: place.state,
      countryOrRegion: place.countryCode,
      geoCoordinates: { latitude: place.latitude, longitude: place.longitude },
    },
    RiskDetail: 'none',
    IsInteractive: device !== PYTHON,
    OperationName: 'Sign-in activity',
    Type: 'SigninLogs',
  };
}

/** Sign-ins in time order; exactly as many as the file's good rows. */
export function signins(random: Random): Signin[] {
  const fixed: Signin[] = FIRST.map(([clock, account, place, result, app, device]) => ({ us: on11(clock), account, place, result, app, device }));
  const made: Signin[] = STOLEN.map(([clock, place, result, app, device]) => ({ us: on11(clock), account: NOVAK, place, result, app, device }));

  // Password spraying against the cloud accounts from the intruder's address.
  const staff = STAFF.map(([account]) => account).filter((account) => account !== NOVAK);
  for (let index = 0; index < 62; index += 1) {
    const us = on11('21:58:30.000') + index * 41_000_000 + random.int(0, 30_000) * 1_000;
    const account = staff[index % staff.length] ?? BERG;
    made.push({ us, account, place: ATTACKER, result: index % 7 === 6 ? 50053 : 50126, app: 'Azure Portal', device: null });
  }

  // Everybody else, in three stretches of different pace. The seams put each damaged line where the file promises it.
  const seam = on11('22:31:09.000');
  const ordinary = (count: number, fromUs: number, toUs: number): void => {
    for (let index = 0; index < count; index += 1) {
      made.push({
        us: fromUs + random.int(0, Math.floor((toUs - fromUs) / 1_000) - 1) * 1_000,
        account: random.weighted(STAFF),
        place: random.weighted(STAFF_PLACES),
        result: random.weighted(ORDINARY_RESULTS),
        app: random.weighted(APPS),
        device: random.weighted(DEVICES),
      });
    }
  };
  const before = SIGNIN_REJECTS.tooManyColumns[0] - 2;
  const early = fixed.length + made.filter((item) => item.us < seam).length;
  ordinary(before - early, on11('21:57:50.000'), seam);
  ordinary(330, seam + 1_000_000, on11('23:10:00.000'));
  ordinary(SIGNIN_GOOD_ROWS - fixed.length - made.length, on11('23:10:00.000'), at('2026-03-12 05:59:57.000'));
  return [...fixed, ...made.sort((left, right) => left.us - right.us)];
}

export function signinLogsText(items: readonly Signin[]): string {
  const good = items.map((item) => csvLine(SIGNIN_COLUMNS.map((column) => signinRow(item)[column])));
  const damaged = new Map<number, string>();
  const rest = '"{""operatingSystem"":""Windows11"",""browser"":""Edge 145.0.0""}",Rui Silva';
  damaged.set(
    SIGNIN_REJECTS.tooManyColumns[0],
    `2026-03-11 22:31:09,"r.silva@example.com",203.0.113.14,0,PT,Office 365 Exchange,${rest}${','.repeat(13)}true,Sign-in activity,SigninLogs`,
  );
  const unreadable = ['—', '—', 'yesterday', '3/12/2026 25:71:09.000 AM', '—', '#REF!', '—', 'pending', '3/12/2026 ??:??', '—'];
  SIGNIN_REJECTS.unreadableTime.forEach((line, index) => {
    damaged.set(line, `${unreadable[index] ?? '—'},"k.ito@example.com",203.0.113.201,50126,JP,Azure Portal${','.repeat(13)}true,Sign-in activity,SigninLogs`);
  });
  const lines = [csvLine(SIGNIN_COLUMNS)];
  for (const line of good) {
    for (let next = damaged.get(lines.length + 1); next !== undefined; next = damaged.get(lines.length + 1)) lines.push(next);
    lines.push(line);
  }
  // The export stopped in the middle of a field.
  return `\uFEFF${lines.join('\r\n')}\r\n2026-03-12 05:59:58,"p.lang@exam`;
}
