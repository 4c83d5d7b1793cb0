/**
 * Mailbox sessions: the one that matters, a few odd but innocent ones, and the model that makes thousands of ordinary steps.
 * A step is an Exchange operation with the details its audit record carries.
 */
import { BERG, FINANCE, HELP_DESK, ITO, LANG, NOVAK, ORTIZ, SILVA } from '../world/accounts.ts';
import type { Account } from '../world/accounts.ts';
import { ATTACKER_VPN, HOME_OSAKA, OFFICE, PROXY_FRANKFURT } from '../world/places.ts';
import type { Place } from '../world/places.ts';
import { at } from '../core/time.ts';
import { DOMAINS } from './intrusion.ts';

export type Parameter = { readonly Name: string; readonly Value: string };

export type MailStep = {
  readonly operation: string;
  readonly folder?: string;
  readonly items?: number;
  readonly parameters?: readonly Parameter[];
};

export type ScriptedSession = {
  readonly account: Account;
  readonly place: Place;
  readonly client: string;
  readonly steps: readonly (readonly [string, MailStep])[];
};

const bind = (items: number, folder = '\\Inbox'): MailStep => ({ operation: 'MailItemsAccessed', folder, items });
const param = (Name: string, Value: string): Parameter => ({ Name, Value });

/** Read the mail, hide the answers, send everything outside, wipe the traces. */
export const RARE_SESSION: ScriptedSession = {
  account: NOVAK,
  place: ATTACKER_VPN,
  client: 'Client=REST;Client=RESTSystem;;',
  steps: [
    ['2026-03-11 22:34:11.402', bind(41)],
    [
      '2026-03-11 22:35:02.118',
      {
        operation: 'New-InboxRule',
        parameters: [param('Name', '.'), param('From', 'it-security@example.com'), param('ForwardTo', DOMAINS.forwardTo), param('DeleteMessage', 'True')],
      },
    ],
    [
      '2026-03-11 22:35:40.737',
      {
        operation: 'Set-Mailbox',
        parameters: [param('Identity', 'j.novak'), param('ForwardingSmtpAddress', `smtp:${DOMAINS.forwardTo}`), param('DeliverToMailboxAndForward', 'True')],
      },
    ],
    ['2026-03-11 22:36:09.250', { operation: 'UpdateInboxRules', folder: '\\Inbox', items: 1 }],
    ['2026-03-11 22:37:25.661', { operation: 'SoftDelete', folder: '\\Sent Items', items: 3 }],
    ['2026-03-11 22:38:31.019', { operation: 'SoftDelete', folder: '\\Deleted Items', items: 3 }],
    ['2026-03-11 22:39:13.884', { operation: 'HardDelete', folder: '\\Recoverable Items', items: 3 }],
  ],
};

/** Unusual for a reason that is not the intruder's. */
export const ODD_SESSIONS: readonly ScriptedSession[] = [
  {
    account: ITO,
    place: HOME_OSAKA,
    client: 'Client=OWA;Action=ViaProxy',
    steps: [
      ['2026-03-10 03:11:05.310', bind(2)],
      ['2026-03-10 03:11:41.020', { operation: 'SoftDelete', folder: '\\Inbox', items: 1 }],
      ['2026-03-10 03:12:10.904', { operation: 'HardDelete', folder: '\\Deleted Items', items: 14 }],
      ['2026-03-10 03:12:45.511', { operation: 'Send', items: 1 }],
    ],
  },
  {
    account: ORTIZ,
    place: OFFICE,
    client: 'Client=Microsoft.Exchange.Powershell; Microsoft WinRM Client',
    steps: [
      ['2026-03-11 09:52:20.110', bind(3)],
      ['2026-03-11 09:54:02.440', { operation: 'Set-Mailbox', parameters: [param('Identity', 'finance-shared'), param('LitigationHoldEnabled', 'True')] }],
      [
        '2026-03-11 09:56:41.002',
        { operation: 'Add-MailboxPermission', parameters: [param('Identity', 'finance-shared'), param('User', 'p.lang'), param('AccessRights', 'FullAccess')] },
      ],
      [
        '2026-03-11 09:58:13.700',
        { operation: 'Add-MailboxPermission', parameters: [param('Identity', 'finance-shared'), param('User', 'a.berg'), param('AccessRights', 'FullAccess')] },
      ],
      ['2026-03-11 10:01:00.313', bind(5)],
      ['2026-03-11 10:03:29.900', { operation: 'Send', items: 1 }],
      ['2026-03-11 10:06:10.002', bind(2)],
      ['2026-03-11 10:08:44.760', bind(1)],
      ['2026-03-11 10:10:05.005', { operation: 'Send', items: 1 }],
      ['2026-03-11 10:12:13.512', bind(4)],
      ['2026-03-11 10:13:40.118', { operation: 'Create', folder: '\\Calendar', items: 1 }],
      ['2026-03-11 10:14:35.090', bind(1)],
    ],
  },
  {
    account: NOVAK,
    place: OFFICE,
    client: 'Client=OWA;Action=ViaProxy',
    steps: [
      ['2026-03-09 17:20:02.700', { operation: 'MoveToDeletedItems', folder: '\\Inbox', items: 6 }],
      ['2026-03-09 17:20:31.144', { operation: 'HardDelete', folder: '\\Deleted Items', items: 6 }],
      ['2026-03-09 17:20:50.951', { operation: 'MoveToDeletedItems', folder: '\\Inbox', items: 2 }],
    ],
  },
  {
    account: SILVA,
    place: OFFICE,
    client: 'Client=OWA;Action=ViaProxy',
    steps: [
      ['2026-03-11 14:07:10.404', bind(7)],
      ['2026-03-11 14:08:00.219', { operation: 'Set-InboxRule', parameters: [param('Identity', 'Berths'), param('Enabled', 'False')] }],
      [
        '2026-03-11 14:09:31.090',
        {
          operation: 'New-InboxRule',
          parameters: [param('Name', 'Port notices'), param('SubjectContainsWords', 'berth;tug'), param('MoveToFolder', 'Port notices')],
        },
      ],
      ['2026-03-11 14:11:44.871', { operation: 'UpdateInboxRules', folder: '\\Inbox', items: 1 }],
      ['2026-03-11 14:12:50.533', bind(9)],
      ['2026-03-11 14:14:02.900', bind(2)],
      ['2026-03-11 14:15:48.266', { operation: 'Move', folder: '\\Port notices', items: 12 }],
      ['2026-03-11 14:17:10.070', bind(1)],
      ['2026-03-11 14:18:43.714', { operation: 'Send', items: 1 }],
    ],
  },
  {
    account: FINANCE,
    place: PROXY_FRANKFURT,
    client: 'Client=MSExchangeRPC',
    steps: [
      ['2026-03-08 08:01:00.000', { operation: 'SendAs', items: 1 }],
      ...Array.from({ length: 20 }, (_, index): readonly [string, MailStep] => [
        new Date(at('2026-03-08 08:01:00.000') / 1_000 + (index + 1) * 120_000).toISOString().slice(0, 23).replace('T', ' '),
        index % 3 === 1 ? { operation: 'SendAs', items: 1 } : bind(2 + (index % 5)),
      ]),
    ],
  },
  {
    account: LANG,
    place: OFFICE,
    client: 'Client=MSExchangeRPC',
    steps: [
      ['2026-03-11 07:36:12.000', bind(3)],
      ['2026-03-11 07:37:41.300', { operation: 'Set-InboxRule', parameters: [param('Identity', 'Customs'), param('Enabled', 'False')] }],
      ['2026-03-11 07:39:02.800', { operation: 'SoftDelete', folder: '\\Inbox', items: 5 }],
      ['2026-03-11 07:42:59.100', bind(3)],
    ],
  },
  {
    account: BERG,
    place: PROXY_FRANKFURT,
    client: 'Client=OWA;Action=ViaProxy',
    steps: [
      ['2026-03-11 16:44:05.000', bind(4)],
      ['2026-03-11 16:45:10.000', { operation: 'Move', folder: '\\Archive', items: 30 }],
      ['2026-03-11 16:46:22.000', { operation: 'SoftDelete', folder: '\\Inbox', items: 2 }],
      ['2026-03-11 16:48:03.000', bind(2)],
    ],
  },
];

/** What usually follows what, from the first step of a session on. Weights are per thousand. */
export const USUAL_NEXT: Readonly<Record<string, readonly (readonly [string, number])[]>> = {
  start: [
    ['MailItemsAccessed', 620],
    ['Send', 190],
    ['Create', 120],
    ['MoveToDeletedItems', 70],
  ],
  MailItemsAccessed: [
    ['MailItemsAccessed', 710],
    ['Send', 145],
    ['Create', 82],
    ['MoveToDeletedItems', 26],
    ['Move', 14],
    ['Set-InboxRule', 21],
    ['SoftDelete', 9],
  ],
  Send: [
    ['MailItemsAccessed', 780],
    ['Send', 130],
    ['Create', 90],
  ],
  Create: [
    ['MailItemsAccessed', 600],
    ['Send', 230],
    ['Create', 90],
    ['Update', 80],
  ],
  SendAs: [
    ['MailItemsAccessed', 800],
    ['SendAs', 200],
  ],
  Update: [
    ['MailItemsAccessed', 700],
    ['Send', 200],
    ['Update', 100],
  ],
  Move: [
    ['MailItemsAccessed', 760],
    ['Move', 200],
    ['Send', 40],
  ],
  MoveToDeletedItems: [
    ['MailItemsAccessed', 600],
    ['MoveToDeletedItems', 280],
    ['SoftDelete', 60],
    ['Send', 60],
  ],
  SoftDelete: [
    ['MailItemsAccessed', 520],
    ['SoftDelete', 300],
    ['HardDelete', 140],
    ['Send', 40],
  ],
  HardDelete: [
    ['MailItemsAccessed', 700],
    ['HardDelete', 300],
  ],
  'Set-InboxRule': [
    ['UpdateInboxRules', 500],
    ['MailItemsAccessed', 340],
    ['New-InboxRule', 120],
    ['Set-InboxRule', 40],
  ],
  'New-InboxRule': [
    ['UpdateInboxRules', 440],
    ['Set-InboxRule', 340],
    ['MailItemsAccessed', 220],
  ],
  'Set-Mailbox': [
    ['Add-MailboxPermission', 460],
    ['Set-Mailbox', 240],
    ['MailItemsAccessed', 300],
  ],
  'Add-MailboxPermission': [
    ['Add-MailboxPermission', 380],
    ['Set-Mailbox', 120],
    ['MailItemsAccessed', 500],
  ],
  UpdateInboxRules: [
    ['MailItemsAccessed', 760],
    ['Set-InboxRule', 200],
    ['Send', 40],
  ],
};

const afterReading = (extra: readonly (readonly [string, number])[]): readonly (readonly [string, number])[] => [
  ...(USUAL_NEXT['MailItemsAccessed'] ?? []),
  ...extra,
];

/** The help desk changes other people's mailboxes; the shared mailbox is written from by its members. */
export const AFTER_READING: ReadonlyMap<Account, readonly (readonly [string, number])[]> = new Map([
  [ORTIZ, afterReading([['Set-Mailbox', 260]])],
  [HELP_DESK, afterReading([['Set-Mailbox', 420]])],
  [FINANCE, afterReading([['SendAs', 240]])],
]);
