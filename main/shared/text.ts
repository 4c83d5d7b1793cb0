/**
 * Evidence text made safe to look at: characters that hide, reorder or break a line become visible escapes; long text is
 * shortened. Changes what is shown only, never what is stored, copied or compared.
 */

/**
 * C0 and C1 controls, soft hyphen, bidi marks, embeddings, overrides and isolates, zero-width characters, line and paragraph
 * separators, Hangul fillers, invisible operators, the byte order mark, interlinear marks, tag characters, supplementary variation
 * selectors, lone surrogates.
 */
const hidden =
  // eslint-disable-next-line no-control-regex, no-misleading-character-class -- the very characters this file is about
  /[\u0000-\u001F\u007F-\u009F\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B-\u200F\u2028-\u202E\u2060-\u206F\u3164\uFEFF\uFFA0\uFFF9-\uFFFB\u{E0000}-\u{E0FFF}\p{Surrogate}]/u;
const hiddenAll = new RegExp(hidden.source, 'gu');

const short: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\0': '\\0' };

const escapeOf = (char: string): string => {
  const known = short[char];
  if (known !== undefined) return known;
  const code = char.codePointAt(0) ?? 0;
  const hex = code.toString(16).toUpperCase();
  return code > 0xffff ? `\\u{${hex}}` : `\\u${hex.padStart(4, '0')}`;
};

export type TextSegment = { text: string; escaped: boolean };

/** The text in pieces, so that a view can set escapes apart from a backslash that stands in the evidence. `multiline` keeps line breaks and tabs. */
export const visibleSegments = (text: string, options: { multiline?: boolean } = {}): TextSegment[] => {
  const segments: TextSegment[] = [];
  let from = 0;
  for (const m of text.matchAll(hiddenAll)) {
    if (options.multiline === true && (m[0] === '\n' || m[0] === '\t' || (m[0] === '\r' && text[m.index + 1] === '\n'))) continue;
    if (m.index > from) segments.push({ text: text.slice(from, m.index), escaped: false });
    const last = segments.at(-1);
    if (last?.escaped === true) last.text += escapeOf(m[0]);
    else segments.push({ text: escapeOf(m[0]), escaped: true });
    from = m.index + m[0].length;
  }
  if (from < text.length) segments.push({ text: text.slice(from), escaped: false });
  return segments;
};

/** The text with `\n`, `\t`, `\u202E` and the like written out. `multiline` keeps line breaks and tabs. */
export const visibleText = (text: string, options: { multiline?: boolean } = {}): string =>
  hidden.test(text) ? visibleSegments(text, options).map((s) => s.text).join('') : text;

export const hasHidden = (text: string): boolean => hidden.test(text);

/** At most `max` UTF-16 units without splitting a character. */
export const cutText = (text: string, max: number): string => {
  if (text.length <= max) return text;
  const code = text.charCodeAt(max - 1);
  return text.slice(0, code >= 0xd800 && code <= 0xdbff ? max - 1 : max);
};

/** At most `max` UTF-16 units, the middle replaced by `…`: file names and paths keep both ends. */
export const shortenMiddle = (text: string, max: number): string => {
  if (text.length <= max) return text;
  if (max <= 1) return '…';
  const head = cutText(text, Math.ceil((max - 1) / 2));
  let from = text.length - Math.floor((max - 1) / 2);
  const code = text.charCodeAt(from);
  if (code >= 0xdc00 && code <= 0xdfff) from += 1;
  return `${head}…${text.slice(from)}`;
};
