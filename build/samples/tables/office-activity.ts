/**
 * OfficeActivity for five days: 318 mailbox sessions (a user from one address with pauses under 20 minutes), 7,702 records,
 * as columns for a pickled DataFrame.
 */
import { BERG, FINANCE, HELP_DESK, ITO, LANG, NOVAK, ORTIZ, SILVA, STAFF, TENANT_ID, idOf } from '../world/accounts.ts';
import type { Account } from '../world/accounts.ts';
import { HOME_OSAKA, OFFICE, PROXY_FRANKFURT } from '../world/places.ts';
import type { Place } from '../world/places.ts';
import type { Random } from '../core/random.ts';
import { DAY_US, HOUR_US, MINUTE_US, SECOND_US, at } from '../core/time.ts';
import { AFTER_READING, ODD_SESSIONS, RARE_SESSION, USUAL_NEXT } from '../story/mail.ts';
import type { MailStep } from '../story/mail.ts';
import type { FrameColumn } from '../write/data-frame.ts';

export const OFFICE_ROWS = 7_702;
export const OFFICE_SESSIONS = 318;
/** A longer pause, or another address, starts a new session. */
export const SESSION_GAP_US = 20 * MINUTE_US;

const FIRST_DAY_US = at('2026-03-07 00:00:00.000');
const DAYS = 5;
const SHORTEST_BREAK_US = 26 * MINUTE_US;

export type MailEvent = { readonly us: number; readonly account: Account; readonly place: Place; readonly client: string; readonly step: MailStep };

const CLIENTS = ['Client=MSExchangeRPC', 'Client=OWA;Action=ViaProxy', 'Client=REST;Client=RESTSystem;;', 'Client=Hx;'] as const;
const FOLDERS = ['\\Inbox', '\\Inbox', '\\Inbox', '\\Sent Items', '\\Inbox\\Berths', '\\Inbox\\Customs', '\\Archive'] as const;

const HOME: ReadonlyMap<Account, Place> = new Map([
  [NOVAK, OFFICE],
  [ITO, HOME_OSAKA],
  [ORTIZ, OFFICE],
  [SILVA, OFFICE],
  [LANG, OFFICE],
]);
const MAILBOXES: readonly Account[] = [NOVAK, ITO, ORTIZ, SILVA, FINANCE, BERG, LANG, HELP_DESK, ...STAFF.slice(6, 13).map(([account]) => account)];

function ordinaryStep(operation: string, random: Random): MailStep {
  switch (operation) {
    case 'MailItemsAccessed':
      return { operation, folder: random.pick(FOLDERS), items: random.int(1, 12) };
    case 'Set-InboxRule':
      return {
        operation,
        parameters: [
          { Name: 'Identity', Value: random.pick(['Customs', 'Berths', 'Newsletters']) },
          { Name: 'Enabled', Value: random.pick(['True', 'False']) },
        ],
      };
    case 'New-InboxRule':
      return {
        operation,
        parameters: [
          { Name: 'Name', Value: random.pick(['Newsletters', 'Tariffs', 'Tugs']) },
          { Name: 'SubjectContainsWords', Value: random.pick(['weekly', 'tariff', 'tug']) },
          { Name: 'MoveToFolder', Value: random.pick(['Newsletters', 'Tariffs', 'Tugs']) },
        ],
      };
    case 'Set-Mailbox':
      return {
        operation,
        parameters: [
          { Name: 'Identity', Value: random.pick(['p.lang', 'a.berg', 'r.silva', 'finance-shared']) },
          { Name: 'HiddenFromAddressListsEnabled', Value: random.pick(['True', 'False']) },
        ],
      };
    case 'Add-MailboxPermission':
      return {
        operation,
        parameters: [
          { Name: 'Identity', Value: 'finance-shared' },
          { Name: 'User', Value: random.pick(['p.lang', 'a.berg', 'r.silva']) },
          { Name: 'AccessRights', Value: 'FullAccess' },
        ],
      };
    case 'Create':
      return { operation, folder: random.pick(['\\Calendar', '\\Drafts']), items: 1 };
    case 'UpdateInboxRules':
      return { operation, folder: '\\Inbox', items: 1 };
    default:
      return { operation, folder: random.pick(FOLDERS), items: random.int(1, 4) };
  }
}

/** One ordinary session of exactly `length` steps. */
function ordinarySession(account: Account, startUs: number, length: number, random: Random): MailEvent[] {
  const client = random.pick(CLIENTS);
  const place = HOME.get(account) ?? PROXY_FRANKFURT;
  const events: MailEvent[] = [];
  let us = startUs;
  let operation = 'start';
  for (let index = 0; index < length; index += 1) {
    const own = operation === 'MailItemsAccessed' ? AFTER_READING.get(account) : undefined;
    const next = own ?? USUAL_NEXT[operation] ?? USUAL_NEXT['start'] ?? [];
    operation = random.weighted(next);
    events.push({ us, account, place, client, step: ordinaryStep(operation, random) });
    us += Math.min(11 * MINUTE_US, random.int(3, 40) * SECOND_US + (random.chance(0.06) ? random.int(1, 7) * MINUTE_US : 0));
  }
  return events;
}

export function mailEvents(random: Random): MailEvent[] {
  const scripted = [RARE_SESSION, ...ODD_SESSIONS].map((session) =>
    session.steps.map(([clock, step]): MailEvent => ({ us: at(clock), account: session.account, place: session.place, client: session.client, step })),
  );
  const ordinaryCount = OFFICE_SESSIONS - scripted.length;
  let stepsLeft = OFFICE_ROWS - scripted.reduce((sum, session) => sum + session.length, 0);
  const clear = (account: Account, fromUs: number, toUs: number): boolean =>
    scripted.every(
      (session) =>
        session[0]?.account !== account ||
        toUs + SHORTEST_BREAK_US < (session[0]?.us ?? 0) ||
        fromUs > (session[session.length - 1]?.us ?? 0) + SHORTEST_BREAK_US,
    );

  const sessions: MailEvent[][] = [];
  const slots = random.shuffle(Array.from({ length: DAYS * MAILBOXES.length * 6 }, (_, index) => index)).slice(0, ordinaryCount * 2);
  for (const slot of slots) {
    if (sessions.length === ordinaryCount) break;
    const account = MAILBOXES[slot % MAILBOXES.length] ?? NOVAK;
    const turn = Math.floor(slot / MAILBOXES.length);
    // Six turns of 110 minutes a day from 07:00: sessions of one mailbox never touch.
    const startUs = FIRST_DAY_US + Math.floor(turn / 6) * DAY_US + 7 * HOUR_US + (turn % 6) * 110 * MINUTE_US + random.int(0, 12 * 60_000) * 1_000;
    if (!clear(account, startUs, startUs + 84 * MINUTE_US)) continue;
    const sessionsLeft = ordinaryCount - sessions.length;
    const usual = stepsLeft / sessionsLeft;
    const length = sessionsLeft === 1 ? stepsLeft : Math.max(3, Math.min(60, Math.round(usual * (0.3 + random.next() * 1.4))));
    const session = ordinarySession(account, startUs, length, random);
    sessions.push(session);
    stepsLeft -= length;
  }
  if (sessions.length !== ordinaryCount || stepsLeft !== 0) throw new Error(`Mail sessions do not add up: ${sessions.length}, ${stepsLeft} steps over`);
  return [...scripted, ...sessions].flat().sort((left, right) => left.us - right.us);
}

export function officeActivityColumns(events: readonly MailEvent[]): FrameColumn[] {
  const cell = (name: string, of: (event: MailEvent) => string | null): FrameColumn => ({ name, dtype: 'object', values: events.map(of) });
  const isCmdlet = (event: MailEvent): boolean => event.step.operation.includes('-');
  const mailboxGuid = new Map(MAILBOXES.map((account) => [account, idOf(`mailbox ${account.name}`)]));
  return [
    { name: 'TimeGenerated', dtype: 'datetime64[ns]', values: events.map((event) => event.us) },
    cell('UserId', (event) => event.account.upn),
    cell('ClientIP', (event) => event.place.ip),
    cell('Operation', (event) => event.step.operation),
    cell('Parameters', (event) => (event.step.parameters === undefined ? null : JSON.stringify(event.step.parameters))),
    cell('OfficeObjectId', (event) => (isCmdlet(event) ? `EURPR01A001.PROD.OUTLOOK.COM/example.onmicrosoft.com/${event.account.name}` : null)),
    cell('OfficeWorkload', () => 'Exchange'),
    cell('RecordType', (event) =>
      isCmdlet(event) ? 'ExchangeAdmin' : event.step.operation === 'MailItemsAccessed' ? 'ExchangeItemAggregated' : 'ExchangeItem',
    ),
    cell('ResultStatus', (event) => (isCmdlet(event) ? 'True' : 'Succeeded')),
    cell('UserType', () => 'Regular'),
    cell('UserKey', (event) => event.account.objectId),
    cell('Client_IPAddress', (event) => event.place.ip),
    cell('ClientInfoString', (event) => event.client),
    cell('MailboxOwnerUPN', (event) => event.account.upn),
    cell('MailboxGuid', (event) => mailboxGuid.get(event.account) ?? null),
    cell('MailboxOwnerSid', (event) => event.account.sid),
    cell('Folder', (event) => event.step.folder ?? null),
    { name: 'OperationCount', dtype: 'float64', values: events.map((event) => event.step.items ?? null) },
    { name: 'InternalLogonType', dtype: 'int64', values: events.map(() => 0) },
    { name: 'Logon_Type', dtype: 'int64', values: events.map((event) => (event.step.operation === 'SendAs' ? 1 : 0)) },
    { name: 'ExternalAccess', dtype: 'bool', values: events.map(() => false) },
    cell('OriginatingServer', (event) => `AM0PR01MB${4_100 + ((event.account.name.length * 37) % 90)} (15.20.9500.000)`),
    cell('OrganizationId', () => TENANT_ID),
    cell('TenantId', () => TENANT_ID),
    cell('Type', () => 'OfficeActivity'),
  ];
}
