/**
 * Matching and ranking for the palette. Pure. Words of the query may stand anywhere and in any order; a match at the start of a word beats
 * one inside, the label beats the context, a short label beats a long one. Letters in a row that are spread over the text come last.
 */

/** Half-open range of a text to mark. */
export type Span = readonly [from: number, to: number];
export type Match = { score: number; label: Span[]; context: Span[] };

const isWordStart = (text: string, at: number): boolean => {
  if (at === 0) return true;
  const before = text[at - 1] ?? '';
  const here = text[at] ?? '';
  return !/[\p{L}\p{N}]/u.test(before) || (/\p{Ll}/u.test(before) && /\p{Lu}/u.test(here));
};

/** Where the word stands best: at a word start if anywhere, else first. */
const bestPlace = (text: string, word: string): { at: number; start: boolean } | null => {
  const low = text.toLowerCase();
  let first = -1;
  for (let at = low.indexOf(word); at >= 0; at = low.indexOf(word, at + 1)) {
    if (isWordStart(text, at)) return { at, start: true };
    if (first < 0) first = at;
  }
  return first < 0 ? null : { at: first, start: false };
};

/** Letters in order with others between; only for words of three letters or more. */
const scattered = (text: string, word: string): Span[] | null => {
  if (word.length < 3) return null;
  const low = text.toLowerCase();
  const spans: Span[] = [];
  let at = 0;
  for (const letter of word) {
    const found = low.indexOf(letter, at);
    if (found < 0) return null;
    const last = spans.at(-1);
    if (last !== undefined && last[1] === found) spans[spans.length - 1] = [last[0], found + letter.length];
    else spans.push([found, found + letter.length]);
    at = found + letter.length;
  }
  return spans.length > Math.ceil(word.length / 2) ? null : spans;
};

const merged = (spans: Span[]): Span[] => {
  const out: [number, number][] = [];
  for (const [from, to] of spans.toSorted((a, b) => a[0] - b[0])) {
    const last = out.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
    else out.push([from, to]);
  }
  return out;
};

/** Null when some word of the query is found nowhere. An empty query matches everything equally. */
export const matchText = (query: string, label: string, context: string): Match | null => {
  const words = query.toLowerCase().split(/\s+/).filter((w) => w !== '');
  let score = 0;
  const inLabel: Span[] = [];
  const inContext: Span[] = [];
  for (const word of words) {
    const place = bestPlace(label, word);
    if (place !== null) {
      inLabel.push([place.at, place.at + word.length]);
      score += (place.start ? 100 : 60) + (place.at === 0 ? 30 : 0) + word.length;
      continue;
    }
    const beside = bestPlace(context, word);
    if (beside !== null) {
      inContext.push([beside.at, beside.at + word.length]);
      score += beside.start ? 40 : 25;
      continue;
    }
    const spread = scattered(label, word);
    if (spread === null) return null;
    inLabel.push(...spread);
    score += 8;
  }
  return { score: score - label.length / 50, label: merged(inLabel), context: merged(inContext) };
};

/** The text in pieces, marked ones set apart. */
export const marked = (text: string, spans: readonly Span[]): { text: string; hit: boolean }[] => {
  const out: { text: string; hit: boolean }[] = [];
  let at = 0;
  for (const [from, to] of spans) {
    if (from > at) out.push({ text: text.slice(at, from), hit: false });
    out.push({ text: text.slice(from, to), hit: true });
    at = to;
  }
  if (at < text.length) out.push({ text: text.slice(at), hit: false });
  return out;
};
