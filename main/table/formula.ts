/**
 * Text cells of CSV and TSV that a spreadsheet would run as a formula get a leading apostrophe, and lose it again. Reversible: a
 * text that already looks neutralised gets one more. Numbers are left alone, also those written as text.
 */

const risky = /^'*[=+\-@\t\r＝＋－＠]/;
const plainNumber = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;

/** First characters that make a text worth a look: most texts begin with a letter or a digit. */
const suspects = "'=+-@\t\r＝＋－＠";

export const neutralised = (text: string): string => (text !== '' && suspects.includes(text.charAt(0)) && risky.test(text) && !plainNumber.test(text) ? `'${text}` : text);

/** The text as it was before `neutralised`. */
export const restored = (text: string): string => (text.startsWith("'") && risky.test(text) && !plainNumber.test(text.slice(1)) ? text.slice(1) : text);
