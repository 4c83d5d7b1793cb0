/**
 * What is true in the sample: the answers that analyses must find. Taken from the story and counted on the rows, so that it
 * cannot drift from the evidence; `tests/unit/samples` checks it against the shipped files once more.
 */
import { ADM_ORTIZ, NOVAK, SVC_BACKUP, SYSTEM, machineAccount, qualified } from './world/accounts.ts';
import { FS_0007, HOSTS, LX_0009, WS_0142 } from './world/hosts.ts';
import { ATTACKER, ATTACKER_2, ATTACKER_VPN } from './world/places.ts';
import { hexId } from './core/text.ts';
import { HOUR_US, SECOND_US, isoZ } from './core/time.ts';
import type { EvidenceFile } from './evidence-files.ts';
import type { Story } from './story-data.ts';
import { STORY_PIDS } from './story/chain.ts';
import { SERVER_CERTIFICATE } from './story/connections.ts';
import {
  ARCHIVE,
  BEACON,
  DOMAINS,
  ENCODED_ALERT,
  ENCODED_POWERSHELL,
  EXFILTRATION_HOURS,
  LATERAL_POWERSHELL,
  LOGON_IDS,
  LURE,
  OTHER_ODD_HOURS,
  PAYLOAD,
  SEED,
  TASK_KEY,
  TASK_NAME,
  TASK_RUNS_US,
  TIMES,
  WINDOW,
} from './story/intrusion.ts';
import { STOLEN_SSH, STOLEN_SUDO } from './story/linux.ts';
import { RARE_SESSION } from './story/mail.ts';
import { FLOW_HOURS, FLOWS_START_US } from './tables/network-flows.ts';
import { OFFICE_SESSIONS, SESSION_GAP_US } from './tables/office-activity.ts';
import { INCIDENTS } from './tables/security-alert.ts';
import { SIGNIN_REJECTS } from './tables/signin-logs.ts';
import { TIMERS } from './windows/connections.ts';
import type { WinProcess } from './windows/process-host.ts';
import type { Row } from './write/text-tables.ts';

const FIRST_SCREEN_EVENTS = [4688, 4624, 4672, 4625, 7045] as const;

function countBy(rows: readonly Row[], column: string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const row of rows) {
    const value = String(row[column]);
    counts[value] = (counts[value] ?? 0) + 1;
  }
  return counts;
}

/** Numbers the first screen shows: WS-0142, 21:40 to 23:10, five event ids. */
function firstScreen(story: Story): unknown {
  const inWindow = story.securityEvents.filter((row) => {
    const us = Date.parse(String(row['TimeGenerated'])) * 1_000;
    return row['Computer'] === WS_0142.name && us >= WINDOW.fromUs && us < WINDOW.toUs && FIRST_SCREEN_EVENTS.some((id) => id === row['EventID']);
  });
  const people = inWindow.filter((row) => !String(row['Account']).endsWith('$'));
  return {
    table: 'SecurityEvent',
    computer: WS_0142.name,
    from: isoZ(WINDOW.fromUs),
    to: isoZ(WINDOW.toUs),
    eventIds: FIRST_SCREEN_EVENTS,
    withoutMachineAccount: { rows: people.length, byEventId: countBy(people, 'EventID'), byAccount: countBy(people, 'Account') },
    machineAccount: { name: qualified(machineAccount(WS_0142.name)), rows: inWindow.length - people.length },
    distinctProcesses: new Set(people.map((row) => row['NewProcessName']).filter((name) => name !== undefined)).size,
  };
}

function chainStep(made: WinProcess): unknown {
  const name = Object.entries(STORY_PIDS).find(([, pid]) => pid === made.pid)?.[0];
  return {
    step: name,
    image: made.image,
    pid: made.pid,
    pidHex: hexId(made.pid),
    parentPid: made.parent?.pid,
    parentPidHex: hexId(made.parent?.pid ?? 0),
    parentImage: made.parent?.image,
    start: isoZ(made.startUs),
    end: made.endUs === null ? null : isoZ(made.endUs),
    account: qualified(made.account),
    logonId: hexId(made.logonId),
    commandLine: made.commandLine,
  };
}

function ancestors(made: WinProcess): WinProcess[] {
  return made.parent === null ? [] : [...ancestors(made.parent), made.parent];
}

function exfiltration(story: Story): unknown {
  const totals = new Map<string, number>();
  for (const row of story.flows) {
    const hour = row['FlowIntervalStartTime_t'];
    if (typeof hour === 'string') totals.set(hour, (totals.get(hour) ?? 0) + Number(row['OutboundBytes_d']));
  }
  const hour = (startUs: number): string => `${isoZ(startUs).slice(0, 19)}Z`;
  const describe = (item: { startUs: number; extraBytes: number }): Record<string, unknown> => ({
    start: hour(item.startUs),
    extraBytes: item.extraBytes,
    totalBytes: totals.get(hour(item.startUs)),
  });
  return {
    table: 'AzureNetworkAnalytics_CL',
    timeColumn: 'FlowIntervalStartTime_t',
    valueColumn: 'OutboundBytes_d',
    filter: "SubType_s = 'FlowLog'",
    from: hour(FLOWS_START_US),
    hoursInSeries: FLOW_HOURS,
    seasonHours: 24,
    hours: EXFILTRATION_HOURS.map(describe),
    otherOddHours: OTHER_ODD_HOURS.map((item) => ({ ...describe(item), why: item.why })),
  };
}

export function groundTruth(story: Story, files: readonly EvidenceFile[]): unknown {
  const { chain, host } = story.fleet.ws0142;
  const lateral =
    story.fleet.hosts
      .find((item) => item.host === FS_0007)
      ?.all()
      .filter((made) => LATERAL_POWERSHELL.some((script) => made.commandLine.endsWith(script.commandLine))) ?? [];
  const inferred = [
    ...new Set(
      host
        .all()
        .map((made) => made.parent)
        .filter((parent) => parent !== null && !parent.logged),
    ),
  ];
  const alertsOf = (incident: number | null): unknown[] =>
    story.alerts
      .filter((alert) => alert.incident === incident)
      .map((alert) => ({
        id: alert.id,
        name: alert.name,
        severity: alert.severity,
        start: isoZ(alert.startUs),
        tactic: alert.tactic ?? '',
        technique: alert.technique ?? '',
        entities: alert.entities.all().length,
      }));

  return {
    case: 'Lantern',
    notice: 'Invented data. Every name, address and digest is made up.',
    seed: SEED,
    attacker: {
      ips: [ATTACKER.ip, ATTACKER_2.ip, ATTACKER_VPN.ip],
      commandAndControl: [ATTACKER.ip, ATTACKER_2.ip],
      signsInFrom: ATTACKER_VPN.ip,
      domains: [DOMAINS.stage, DOMAINS.drop],
      resolvesTo: { [DOMAINS.stage]: ATTACKER.ip, [DOMAINS.drop]: ATTACKER.ip },
      forwardsMailTo: DOMAINS.forwardTo,
      workstation: 'DESKTOP-7Q',
      certificateSha256: SERVER_CERTIFICATE.cert_sha256,
    },
    accounts: {
      stolen: [NOVAK.upn, qualified(NOVAK), qualified(SVC_BACKUP)],
      guessed: [qualified(SVC_BACKUP), qualified(ADM_ORTIZ), qualified(NOVAK)],
      responder: qualified(ADM_ORTIZ),
      system: qualified(SYSTEM),
    },
    hosts: {
      compromised: [WS_0142.name, FS_0007.name, LX_0009.name],
      all: HOSTS.map((item) => ({ name: item.name, ip: item.ip, os: item.os, role: item.role })),
    },
    files: {
      lure: { name: LURE.name, sha256: LURE.sha256 },
      payload: { path: PAYLOAD.path, sha256: PAYLOAD.sha256 },
      archive: { path: ARCHIVE.path, sha256: ARCHIVE.sha256, bytes: ARCHIVE.sizeBytes },
    },
    firstScreen: firstScreen(story),
    processTree: {
      computer: WS_0142.name,
      processEvents: host.all().length,
      inferredParents: inferred.length,
      inferredImages: inferred.map((parent) => parent?.image).sort(),
      nodes: host.all().length + inferred.length,
      focus: { pidHex: hexId(chain.powershell.pid), descendants: 13, ancestors: ancestors(chain.powershell).map((made) => made.image) },
    },
    processChain: chain.steps.map(chainStep),
    encodedPowerShell: {
      table: 'SecurityEvent',
      computer: WS_0142.name,
      time: isoZ(chain.powershell.startUs),
      commandLine: ENCODED_POWERSHELL.commandLine,
      base64: ENCODED_POWERSHELL.base64,
      decoded: ENCODED_POWERSHELL.decoded,
      url: `http://${DOMAINS.stage}/a.ps1`,
      domain: DOMAINS.stage,
      onOtherHosts: lateral.map((made) => ({ computer: made.host.name, time: isoZ(made.startUs), commandLine: made.commandLine })),
    },
    logons: {
      computer: WS_0142.name,
      interactive: { account: qualified(NOVAK), logonId: hexId(LOGON_IDS.novakInteractive), time: isoZ(TIMES.novakLogon) },
      firstStolen: { account: qualified(NOVAK), ip: ATTACKER_VPN.ip, logonId: hexId(LOGON_IDS.novakStolen), time: isoZ(TIMES.firstStolenLogon) },
      guessed: {
        account: qualified(SVC_BACKUP),
        ip: ATTACKER.ip,
        logonId: hexId(LOGON_IDS.svcBackup),
        time: isoZ(TIMES.svcBackupLogon),
        failuresBefore: TIMES.badPasswords.map(isoZ),
      },
      toFileServer: { account: qualified(SVC_BACKUP), computer: FS_0007.name, from: WS_0142.ip, time: isoZ(TIMES.lateralLogon) },
      accountDisabled: { account: qualified(SVC_BACKUP), time: isoZ(TIMES.accountDisabled) },
    },
    persistence: { taskName: TASK_NAME, registryKey: TASK_KEY, runs: TASK_RUNS_US.map(isoZ), service: TASK_NAME },
    beacon: {
      table: 'DeviceNetworkEvents',
      source: WS_0142.name,
      destination: ATTACKER.ip,
      destinationPort: 443,
      process: 'rundll32.exe',
      pid: chain.rundll32.pid,
      connections: BEACON.count,
      intervalSeconds: BEACON.intervalUs / SECOND_US,
      spreadSeconds: BEACON.spreadUs / SECOND_US,
      first: story.deviceNetwork.find((row) => row['InitiatingProcessId'] === chain.rundll32.pid && row['RemotePort'] === 443)?.['TimeGenerated'],
      last: isoZ(BEACON.lastUs),
    },
    harmlessTimers: TIMERS.map((timer) => ({
      source: timer.host.name,
      destination: timer.remoteIp,
      intervalSeconds: timer.intervalS,
      connections: timer.count,
    })),
    exfiltration: exfiltration(story),
    rareMailboxSession: {
      table: 'OfficeActivity',
      user: NOVAK.upn,
      ip: ATTACKER_VPN.ip,
      sessions: OFFICE_SESSIONS,
      sessionKey: ['UserId', 'ClientIP'],
      gapMinutes: SESSION_GAP_US / (HOUR_US / 60),
      start: isoZ(story.mail.find((event) => event.place === ATTACKER_VPN)?.us ?? 0),
      operations: RARE_SESSION.steps.map(([, step]) => step.operation),
      rarestStep: 'New-InboxRule',
      after: 'MailItemsAccessed',
    },
    incidents: INCIDENTS.map((incident) => ({ number: incident.number, title: incident.title, alerts: alertsOf(incident.number) })),
    alertsWithoutIncident: alertsOf(null).length,
    encodedPowerShellAlert: ENCODED_ALERT.id,
    signinRejects: {
      good: story.signins.length,
      rejected: SIGNIN_REJECTS.tooManyColumns.length + SIGNIN_REJECTS.unreadableTime.length + SIGNIN_REJECTS.cutOff.length,
      lines: SIGNIN_REJECTS,
    },
    linux: {
      computer: LX_0009.name,
      account: SVC_BACKUP.name,
      from: WS_0142.ip,
      ssh: isoZ(STOLEN_SSH.startUs),
      session: STOLEN_SSH.session,
      sudoCommands: STOLEN_SUDO.length,
      piped: STOLEN_SUDO.find(([, argv]) => argv[0] === '/bin/sh')?.[1].join(' '),
    },
    tables: files.flatMap((file) =>
      file.tables.map((item) => ({ file: file.path, member: item.member, table: item.name, rows: item.rows, rejected: item.rejected, demo: file.demo })),
    ),
  };
}
