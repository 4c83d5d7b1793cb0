import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defang, refang } from '../../../main/shared/defang.ts';

const label = fc.stringMatching(/^[a-z][a-z0-9-]{0,12}[a-z0-9]$/);
const tld = fc.constantFrom('com', 'net', 'org', 'ru', 'cn', 'co.uk', 'xyz', 'top', 'info', 'onion', 'xn--p1ai', 'example');
const domain = fc.tuple(fc.array(label, { minLength: 1, maxLength: 3 }), tld).map(([labels, end]) => [...labels, end].join('.'));
const ipv4 = fc.ipV4();
const ipv6 = fc.ipV6().filter((ip) => /\d/.test(ip) && ip.split(':').filter((g) => g !== '').length >= 2);
const email = fc.tuple(fc.stringMatching(/^[a-z][a-z0-9._+-]{0,10}[a-z0-9]$/), domain).map(([local, host]) => `${local}@${host}`);
const scheme = fc.constantFrom('http', 'https', 'ftp', 'HTTP', 'HTTPS', 'ldap', 'wss', 'Http', 'smb');
const tail = fc.constantFrom('', '/', '/a/b.php?u=https://other.com/x&y=1', ':8443/path', '/login#me@evil.com', '?q=10.0.0.1');
const url = fc.tuple(scheme, fc.oneof(domain, ipv4, ipv6.map((ip) => `[${ip}]`)), tail).map(([s, host, end]) => `${s}://${host}${end}`);
const ioc = fc.oneof(domain, ipv4, ipv6, email, url);
const sentence = fc.tuple(fc.constantFrom('', 'seen ', '"', 'cmd.exe /c curl ', 'a=1; '), ioc, fc.constantFrom('', ' twice', '"', ', then', '. End')).map((p) => p.join(''));

/** What a client would make clickable or a resolver would resolve. */
const live = /https?:\/\/|ftp:\/\/|\d+\.\d+\.\d+\.\d+|[a-z0-9]\.(?:com|net|org|ru|cn|uk|xyz|top|info|onion|example)\b|@/i;

describe('defang', () => {
  it('is undone by refang', () => {
    fc.assert(fc.property(sentence, (text) => void expect(refang(defang(text))).toBe(text)), { numRuns: 2_000 });
  });
  it('leaves nothing live', () => {
    fc.assert(fc.property(ioc, (text) => void expect(defang(text).replaceAll('[@]', '')).not.toMatch(live)), { numRuns: 2_000 });
  });
  it('done twice changes nothing more', () => {
    fc.assert(fc.property(sentence, (text) => void expect(defang(defang(text))).toBe(defang(text))), { numRuns: 2_000 });
  });
  it('never throws and never loses text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => void expect(defang(text).length).toBeGreaterThanOrEqual(text.length)));
  });
  it.each([
    ['http://evil.example/a', 'hxxp://evil[.]example/a'],
    ['https://user:pw@198.51.100.7:8443/x', 'hxxps://user:pw[@]198[.]51[.]100[.]7:8443/x'],
    ['https://[2001:db8::1]/x', 'hxxps://[2001[:]db8[:][:]1]/x'],
    ['203.0.113.77', '203[.]0[.]113[.]77'],
    ['2001:db8::1', '2001[:]db8[:][:]1'],
    ['j.novak@mail.example.net', 'j[.]novak[@]mail[.]example[.]net'],
    ['cdn-sync.example.net', 'cdn-sync[.]example[.]net'],
    ['WWW.EVIL.COM', 'WWW[.]EVIL[.]COM'],
    ['\\\\srv.evil.com\\share', '\\\\srv[.]evil[.]com\\share'],
    ['http://localhost/', 'hxxp://localhost/'],
    ['пример.рф', 'пример[.]рф'],
    ['.evil.com', '.evil[.]com'],
    ['see evil[.]co.uk', 'see evil[.]co[.]uk'],
  ])('%s', (text, inert) => expect(defang(text)).toBe(inert));
  it.each([
    'powershell.exe', 'C:\\Windows\\System32\\cmd.exe /c whoami', 'ntdll.dll', 'setup.zip', 'script.sh', 'readme.md', '10.0.19041.1', '12:30:45', '2026-03-11T22:04:17.482Z',
    'aa:bb:cc:dd:ee:ff', 'System.Net.WebClient', 'System.IO', 'CORP\\j.novak', 'std::vector<int>', '1.5', 'e.g. this', 'S-1-5-21-1004336348-1177238915', '::1', 'jquery.min.js',
    'HKLM\\Software\\Microsoft', '999.1.1.1', 'a.b.c.d', 'file:///C:/x', 'a::b', '3.14159',
  ])('leaves %s alone', (text) => expect(defang(text)).toBe(text));
});

describe('refang', () => {
  it.each([
    ['hXXp://evil(.)example', 'http://evil.example'],
    ['hxxps[:]//evil[dot]example', 'https://evil.example'],
    ['user[at]evil[.]com', 'user@evil.com'],
    ['1[.]2[.]3[.]4', '1.2.3.4'],
    ['fxp://x[.]org', 'ftp://x.org'],
    ['plain text', 'plain text'],
  ])('%s', (text, liveText) => expect(refang(text)).toBe(liveText));
});
