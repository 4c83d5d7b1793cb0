/**
 * Indicators made inert for the clipboard and for reports, and back: `http://evil.example` ↔ `hxxp://evil[.]example`.
 * Owns: which pieces of a text are live addresses. Ordinary text (file names, versions, times, code) stays as it is; where a name
 * could be either, it is defanged, since a needless `[.]` costs less than a live link.
 * Promise: `refang(defang(x)) = x` for any x without defanged pieces of its own, and `defang(defang(x)) = defang(x)`.
 */
import { fileLikeTlds, tlds } from './tlds.ts';

const urlPart = String.raw`(?<scheme>[a-z][a-z0-9+.-]{1,20}):\/\/(?<authority>[^\s/?#"'<>\\|^\x60{}()]+)`;
const emailPart = String.raw`(?<local>[\p{L}\p{N}._%+'-]{1,64})@(?<mailHost>(?:[\p{L}\p{N}-]{1,63}\.)+[\p{L}\p{N}-]{2,63})`;
const ipv6Part = String.raw`(?<![\p{L}\p{N}:.[])(?<ipv6>(?:[0-9a-f]{0,4}:){2,7}(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]{0,4}))(?![\p{L}\p{N}:]|\.\d)`;
const ipv4Part = String.raw`(?<![\p{L}\p{N}_]|\d\.)(?<ipv4>\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3})(?!\.?\d|[\p{L}_])`;
const domainPart = String.raw`(?<![\p{L}\p{N}_@-])(?<domain>(?:[\p{L}\p{N}_](?:[\p{L}\p{N}_-]{0,61}[\p{L}\p{N}])?\.)+(?:xn--[a-z0-9-]{2,59}|\p{L}{2,24}))(?![\p{L}\p{N}_-]|\.[\p{L}\p{N}]|\()`;

/** Only the kinds whose telling characters stand in the text are looked for: one pattern per combination, made when first needed. */
const patterns = new Map<number, RegExp>();
const indicatorsIn = (text: string): RegExp => {
  const kinds = (text.includes('://') ? 1 : 0) + (text.includes('@') ? 2 : 0) + (text.indexOf(':') !== text.lastIndexOf(':') ? 4 : 0);
  let pattern = patterns.get(kinds);
  if (pattern === undefined) {
    const parts = [kinds & 1 ? [urlPart] : [], kinds & 2 ? [emailPart] : [], kinds & 4 ? [ipv6Part] : [], ipv4Part, domainPart].flat();
    patterns.set(kinds, (pattern = new RegExp(parts.join('|'), 'giu')));
  }
  return pattern;
};

const isIpv4 = (text: string): boolean => text.split('.').every((p) => Number(p) <= 255 && (p.length === 1 || !p.startsWith('0')));

/** A real IPv6 address of at least two written groups; times, MAC addresses and `a::b` of code don't pass. */
const isIpv6 = (text: string): boolean => {
  const halves = text.split('::');
  if (halves.length > 2) return false;
  const groups = halves.map((h) => (h === '' ? [] : h.split(':')));
  const flat = groups.flat();
  if (flat.some((g) => g === '')) return false;
  const last = flat.at(-1);
  const tail = last !== undefined && last.includes('.') ? last : null;
  if (tail !== null && !isIpv4(tail)) return false;
  const words = tail === null ? flat : flat.slice(0, -1);
  if (words.some((g) => !/^[0-9a-f]{1,4}$/i.test(g))) return false;
  const size = words.length + (tail === null ? 0 : 2);
  if (halves.length === 1 ? size !== 8 : size > 7) return false;
  return flat.length >= 2 && flat.some((g) => /\d/.test(g));
};

/** Is the name an Internet domain rather than a file name or a piece of code? `before` is the text up to it. */
const isDomain = (name: string, before: string): boolean => {
  const labels = name.split('.');
  const tld = labels.at(-1) ?? '';
  const known = tld.toLowerCase();
  if (!tlds.has(known) && !known.startsWith('xn--')) return false;
  // System.Net and System.IO are code; EVIL.COM and www.Evil.Com are not
  if (tld !== known && name !== name.toUpperCase() && !/^www\./i.test(name)) return false;
  // DOMAIN\first.name and C:\tools\more.com are no domains; \\server.example is
  if (before.endsWith('\\') && !before.endsWith('\\\\')) return false;
  return !fileLikeTlds.has(known) || (labels.length > 2 && !before.endsWith('/'));
};

const dots = (text: string): string => text.replace(/\[\.\]|\./g, '[.]');
/** Colons and dots of an address; pieces that are already defanged stay. */
const address = (text: string): string => text.replace(/\[([.:])\]|[.:]/g, (m, done: string | undefined) => `[${done ?? m}]`);

/** Invertible only for one-case spellings; any other spelling keeps its letters and loses `://` instead. */
const schemes: Readonly<Record<string, string>> = { http: 'hxxp', https: 'hxxps', ftp: 'fxp', ftps: 'fxps', HTTP: 'HXXP', HTTPS: 'HXXPS', FTP: 'FXP' };
const schemesBack = new Map(Object.entries(schemes).map(([live, inert]) => [inert, live]));
const alreadyInert = /^(?:hxxps?|fxps?)$/i;

const authorityInert = (authority: string): string => {
  const plain = dots(authority.replace(/\[@\]|@/g, '[@]'));
  return plain.replace(/\[([0-9a-f:]+(?:\[\.\]\d+)*)\](?=:\d+$|$)/i, (_m, ip: string) => `[${address(ip)}]`);
};

/** The text with every live address made inert. */
export const defang = (text: string): string => {
  if (!/[.:]/.test(text)) return text;
  return text.replace(indicatorsIn(text), (match: string, ...rest: unknown[]) => {
    const groups = rest.at(-1) as Readonly<Record<string, string | undefined>>;
    const at = rest.at(-3) as number;
    const { scheme, authority, local, mailHost, ipv6, ipv4, domain } = groups;
    if (scheme !== undefined && authority !== undefined) {
      const inert = schemes[scheme];
      if (inert !== undefined) return `${inert}://${authorityInert(authority)}`;
      // an inert spelling that came with the text: its host may still be live
      return alreadyInert.test(scheme) ? `${scheme}://${authorityInert(authority)}` : `${scheme}[://]${authorityInert(authority)}`;
    }
    if (local !== undefined && mailHost !== undefined) return `${dots(local)}[@]${dots(mailHost)}`;
    if (ipv6 !== undefined) return isIpv6(ipv6) ? address(ipv6) : match;
    if (ipv4 !== undefined) return isIpv4(ipv4) ? dots(ipv4) : match;
    if (domain !== undefined) return isDomain(domain, text.slice(Math.max(0, at - 2), at)) ? dots(domain) : match;
    return match;
  });
};

/** Live addresses again, also from the common other spellings: `hXXp`, `(.)`, `[dot]`, `[at]`, `[:]//`. */
export const refang = (text: string): string =>
  text
    .replace(/\b(h(?:xx|XX|Xx|xX|tt|TT)ps?|HXXPS?|fxps?|FXP)(\[:\/\/\]|\[:\]\/\/|:\/\/)/g, (_m, scheme: string) =>
      `${schemesBack.get(scheme) ?? scheme.replace(/xx/i, 'tt')}://`)
    .replace(/\[:\/\/\]/g, '://')
    .replace(/\[:\]/g, ':')
    .replace(/\[\.\]|\(\.\)|\{\.\}|\[dot\]|\(dot\)/gi, '.')
    .replace(/\[@\]|\(@\)|\[at\]/gi, '@');
