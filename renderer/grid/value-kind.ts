/** A guess at what a value is, from its form and its column's name: for the pivot menu's head and its icon. Pure; never shown as fact. */
export type ValueKind = 'ip' | 'hash' | 'url' | 'domain' | 'account' | 'host' | 'email' | 'guid' | 'file' | 'process' | 'time' | 'number' | 'text';

export const kindNames: Record<ValueKind, string> = {
  ip: 'IP address', hash: 'hash', url: 'URL', domain: 'domain', account: 'account', host: 'host', email: 'e-mail address', guid: 'GUID', file: 'file', process: 'process',
  time: 'time', number: 'number', text: 'text',
};

const octet = '(25[0-5]|2[0-4]\\d|1?\\d?\\d)';
const ipv4 = new RegExp(`^${octet}(\\.${octet}){3}$`);
// eight groups, or fewer around one ::; a time of day or a MAC address is neither
const ipv6 = /^(?=[0-9a-f:.%\w]{2,45}$)(([0-9a-f]{1,4}:){7}[0-9a-f]{1,4}|(?!.*::.*::)(([0-9a-f]{1,4}:)*[0-9a-f]{1,4})?::(([0-9a-f]{1,4}:)*([0-9a-f]{1,4}|\d+(\.\d+){3}))?)(%\w+)?$/i;
const patterns: [ValueKind, RegExp][] = [
  ['ip', ipv4],
  ['ip', ipv6],
  ['guid', /^\{?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?$/i],
  ['hash', /^([0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$/i],
  ['url', /^(https?|ftp):\/\//i],
  ['email', /^[^@\s\\/]+@[^@\s\\/]+\.[a-z]{2,}$/i],
  ['process', /\.(exe|com|scr)$/i],
  ['file', /^([a-z]:\\|\\\\|\/)[^\s].*/i],
];
const byColumn: [ValueKind, RegExp][] = [
  ['host', /^(computer|device_?name|host_?name|workstation_?name|dvc|src_?host|dest_?host)$/i],
  ['account', /(^|_)(account|user_?name|user_?id|user_?principal_?name|caller|logon_?user)(_?name)?$|account(_?name)?$|username$/i],
  ['domain', /domain(name)?$|^(remote_?)?url$|dns_?query/i],
];

export const valueKind = (text: string, column: string, type: string): ValueKind => {
  if (type === 'datetime') return 'time';
  const form = patterns.find(([, re]) => re.test(text.trim()));
  if (form !== undefined) return form[0];
  if (type === 'int' || type === 'float') return 'number';
  const named = byColumn.find(([, re]) => re.test(column));
  if (named !== undefined && text !== '') return named[0];
  return /^(?=.{4,253}$)([a-z0-9-]+\.)+[a-z]{2,18}$/i.test(text) ? 'domain' : 'text';
};
