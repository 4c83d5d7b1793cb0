/**
 * Entities of an alert as Sentinel stores them: a JSON array in which every object has a `$id` and later mentions are
 * `{"$ref": id}`. One list per alert numbers its objects from "1".
 */
import type { Account } from '../world/accounts.ts';
import type { Host } from '../world/hosts.ts';
import { baseName, dirName } from '../core/text.ts';
import { isoZ } from '../core/time.ts';
import { program } from '../world/programs.ts';
import type { WinProcess } from '../windows/process-host.ts';

export type Entity = Readonly<Record<string, unknown>>;

export type EntityList = {
  account(account: Account): void;
  host(host: Host): void;
  /** With image file, parent and account; host and account become references when they are already listed. */
  process(made: WinProcess): void;
  file(path: string, sha256: string, host: Host | null): void;
  ip(address: string): void;
  dns(name: string, resolvesTo: string): void;
  url(url: string): void;
  mailbox(account: Account): void;
  cloudApplication(name: string, appId: number): void;
  registryKey(path: string): void;
  mailMessage(sender: string, recipient: string, subject: string, id: string): void;
  all(): readonly Entity[];
};

export function createEntityList(): EntityList {
  const entities: Entity[] = [];
  const ids = new Map<string, string>();
  let last = 0;

  const nextId = (key: string): string => {
    last += 1;
    ids.set(key, String(last));
    return String(last);
  };
  /** The object itself the first time, a reference afterwards. */
  const once = (key: string, fields: () => Entity): Entity => {
    const known = ids.get(key);
    if (known !== undefined) return { $ref: known };
    const $id = nextId(key);
    return { $id, ...fields() };
  };
  const top = (entity: Entity): void => {
    entities.push(entity);
  };

  const accountEntity = (account: Account): Entity =>
    once(`account ${account.name}`, () => ({
      Name: account.name,
      ...(account.kind === 'system'
        ? { NTDomain: account.domain }
        : { NTDomain: account.domain, UPNSuffix: account.upn.split('@')[1], AadUserId: account.objectId }),
      Sid: account.sid,
      IsDomainJoined: account.kind !== 'system',
      DisplayName: account.displayName,
      Type: 'account',
    }));
  const hostEntity = (host: Host): Entity =>
    once(`host ${host.name}`, () => ({
      HostName: host.name,
      NetBiosName: host.name,
      NTDomain: 'CORP',
      OSFamily: host.os.startsWith('Windows') ? 'Windows' : 'Linux',
      OSVersion: host.os,
      IsDomainJoined: host.os.startsWith('Windows'),
      MdatpDeviceId: host.deviceId,
      Type: 'host',
    }));
  const fileEntity = (path: string, sha256: string, host: Host | null): Entity =>
    once(`file ${path}`, () => ({
      Directory: dirName(path),
      Name: baseName(path),
      ...(host === null ? {} : { Host: hostEntity(host) }),
      FileHashes: [once(`hash ${sha256}`, () => ({ Algorithm: 'SHA256', Value: sha256, Type: 'filehash' }))],
      Type: 'file',
    }));
  const processEntity = (made: WinProcess, withParent: boolean): Entity =>
    once(`process ${made.host.name} ${made.pid} ${made.startUs}`, () => ({
      ProcessId: String(made.pid),
      CommandLine: made.commandLine,
      CreationTimeUtc: isoZ(made.startUs),
      ElevationToken: made.integrity === 'High' ? 'Full' : 'Default',
      ImageFile: fileEntity(made.image, program(made.image).sha256, made.host),
      Account: accountEntity(made.account),
      Host: hostEntity(made.host),
      ...(withParent && made.parent !== null ? { ParentProcess: processEntity(made.parent, false) } : {}),
      Type: 'process',
    }));

  return {
    account: (account) => top(accountEntity(account)),
    host: (host) => top(hostEntity(host)),
    process: (made) => top(processEntity(made, true)),
    file: (path, sha256, host) => top(fileEntity(path, sha256, host)),
    ip: (address) => top(once(`ip ${address}`, () => ({ Address: address, Type: 'ip' }))),
    dns: (name, resolvesTo) =>
      top(once(`dns ${name}`, () => ({ DomainName: name, IpAddresses: [once(`ip ${resolvesTo}`, () => ({ Address: resolvesTo, Type: 'ip' }))], Type: 'dns' }))),
    url: (url) => top(once(`url ${url}`, () => ({ Url: url, Type: 'url' }))),
    mailbox: (account) =>
      top(once(`mailbox ${account.upn}`, () => ({ MailboxPrimaryAddress: account.upn, DisplayName: account.displayName, Upn: account.upn, Type: 'mailbox' }))),
    cloudApplication: (name, appId) => top(once(`app ${name}`, () => ({ AppId: appId, Name: name, Type: 'cloud-application' }))),
    registryKey: (path) => top(once(`key ${path}`, () => ({ Hive: 'HKEY_LOCAL_MACHINE', Key: path.slice(path.indexOf('\\') + 1), Type: 'registry-key' }))),
    mailMessage: (sender, recipient, subject, id) =>
      top(
        once(`mail ${id}`, () => ({
          Recipient: recipient,
          P1Sender: sender,
          P2Sender: sender,
          SenderIP: '198.51.100.61',
          Subject: subject,
          NetworkMessageId: id,
          DeliveryAction: 'Delivered',
          Type: 'mail-message',
        })),
      ),
    all: () => entities,
  };
}
