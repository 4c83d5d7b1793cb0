import { expect, test } from 'vitest';
import { valueKind } from '../../../../renderer/grid/value-kind.ts';

test.each([
  ['203.0.113.77', 'x', 'ip'],
  ['999.0.113.77', 'x', 'text'],
  ['2001:db8::1', 'x', 'ip'],
  ['d41d8cd98f00b204e9800998ecf8427e', 'x', 'hash'],
  ['{a0b1c2d3-0000-1111-2222-333344445555}', 'x', 'guid'],
  ['https://example.net/a', 'x', 'url'],
  ['j.novak@corp.example', 'x', 'email'],
  ['C:\\Windows\\System32\\cmd.exe', 'x', 'process'],
  ['/etc/passwd', 'x', 'file'],
  ['WS-0142', 'Computer', 'host'],
  ['CORP\\j.novak', 'TargetUserName', 'account'],
  ['cdn-sync.example.net', 'x', 'domain'],
  ['', 'Computer', 'text'],
  ['just words', 'x', 'text'],
])('%s in %s is a %s', (value, column, kind) => {
  expect(valueKind(value, column, 'string')).toBe(kind);
});

test('a time of day or a MAC address is no IP address', () => {
  expect(valueKind('22:04:17', 'x', 'string')).toBe('text');
  expect(valueKind('00:11:22:33:44:55', 'x', 'string')).toBe('text');
  for (const ip of ['::1', 'fe80::1%eth0', '::ffff:10.0.0.1', '2001:db8:0:0:0:0:0:1']) expect(valueKind(ip, 'x', 'string')).toBe('ip');
});

test('types outweigh names and forms', () => {
  expect(valueKind('2026-03-11', 'Computer', 'datetime')).toBe('time');
  expect(valueKind('4688', 'EventID', 'int')).toBe('number');
});
