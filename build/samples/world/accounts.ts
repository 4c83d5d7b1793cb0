/**
 * The people and service accounts of the invented company CORP (example.com). Everything here is made up; names are common
 * ones, addresses use domains reserved for documentation.
 */
import { createHash } from 'node:crypto';

export const TENANT_ID = '7c1e0a52-4b8d-4e6f-9a31-0d5f2c6b8e14';
export const DOMAIN = 'CORP';
export const DNS_DOMAIN = 'corp.example.com';
export const MAIL_DOMAIN = 'example.com';
const DOMAIN_SID = 'S-1-5-21-3120457781-902113845-1467725912';

export type Account = {
  /** As Windows writes it: `j.novak`, `SYSTEM`, `WS-0142$`. */
  readonly name: string;
  readonly domain: string;
  readonly sid: string;
  readonly displayName: string;
  readonly upn: string;
  readonly objectId: string;
  readonly kind: 'user' | 'service' | 'system' | 'machine';
};

function stableGuid(label: string): string {
  const hex = createHash('sha256').update(`lantern guid: ${label}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** An id that stays the same in every table: derived from what it names. */
export const idOf = stableGuid;

function user(name: string, displayName: string, rid: number, kind: Account['kind'] = 'user'): Account {
  return {
    name,
    domain: DOMAIN,
    sid: `${DOMAIN_SID}-${rid}`,
    displayName,
    upn: `${name}@${MAIL_DOMAIN}`,
    objectId: stableGuid(`account ${name}`),
    kind,
  };
}

const builtIn = (name: string, domain: string, sid: string): Account => ({
  name,
  domain,
  sid,
  displayName: name,
  upn: '',
  objectId: '',
  kind: 'system',
});

export const NOVAK = user('j.novak', 'Jana Novak', 1142);
export const ORTIZ = user('m.ortiz', 'Marta Ortiz', 1108);
export const ADM_ORTIZ = user('adm-m.ortiz', 'Marta Ortiz (admin)', 1109);
export const ITO = user('k.ito', 'Kenji Ito', 1117);
export const SILVA = user('r.silva', 'Rui Silva', 1121);
export const BERG = user('a.berg', 'Anna Berg', 1126);
export const LANG = user('p.lang', 'Peter Lang', 1133);
export const FINANCE = user('finance-shared', 'Finance shared mailbox', 1150);
export const HELP_DESK = user('g.meyer', 'Georg Meyer', 1171);
export const SVC_BACKUP = user('svc-backup', 'Backup service', 1203, 'service');
export const SVC_MONITOR = user('svc-monitor', 'Monitoring service', 1204, 'service');

export const SYSTEM = builtIn('SYSTEM', 'NT AUTHORITY', 'S-1-5-18');
export const LOCAL_SERVICE = builtIn('LOCAL SERVICE', 'NT AUTHORITY', 'S-1-5-19');
export const NETWORK_SERVICE = builtIn('NETWORK SERVICE', 'NT AUTHORITY', 'S-1-5-20');
export const DWM_1 = builtIn('DWM-1', 'Window Manager', 'S-1-5-90-0-1');
export const UMFD_0 = builtIn('UMFD-0', 'Font Driver Host', 'S-1-5-96-0-0');

/** The machine account of a host: it shares SYSTEM's SID in events about the host itself. */
export const machineAccount = (hostName: string): Account => ({
  name: `${hostName}$`,
  domain: DOMAIN,
  sid: 'S-1-5-18',
  displayName: hostName,
  upn: '',
  objectId: '',
  kind: 'machine',
});

/** People with a mailbox who sign in at night or by day; weights are relative numbers of sign-ins. */
export const STAFF: readonly (readonly [Account, number])[] = [
  [NOVAK, 2],
  [ORTIZ, 4],
  [ITO, 4],
  [SILVA, 5],
  [BERG, 3],
  [LANG, 4],
  [user('d.moreau', 'Denise Moreau', 1160), 4],
  [user('s.petrov', 'Stefan Petrov', 1161), 3],
  [user('l.chen', 'Li Chen', 1162), 4],
  [user('n.haddad', 'Nadia Haddad', 1163), 3],
  [user('t.okafor', 'Tobe Okafor', 1164), 3],
  [user('e.virtanen', 'Elina Virtanen', 1165), 3],
  [user('h.yilmaz', 'Hakan Yilmaz', 1166), 3],
  [user('c.dupont', 'Claire Dupont', 1167), 4],
  [user('o.nielsen', 'Ole Nielsen', 1168), 2],
  [user('b.kowalska', 'Beata Kowalska', 1169), 4],
  [user('f.rossi', 'Franca Rossi', 1170), 3],
  [HELP_DESK, 4],
  [user('i.santos', 'Ines Santos', 1172), 3],
  [user('u.weber', 'Ulla Weber', 1173), 3],
  [user('v.nagy', 'Viktor Nagy', 1174), 2],
  [user('w.jansen', 'Wim Jansen', 1175), 3],
  [user('y.tanaka', 'Yuki Tanaka', 1176), 2],
  [user('z.farouk', 'Zeinab Farouk', 1177), 2],
];

/** `CORP\j.novak`, the `Account` column of Windows tables. */
export const qualified = (account: Account): string => `${account.domain}\\${account.name}`;
