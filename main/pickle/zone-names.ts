/**
 * Which texts may be a time zone name.
 * Owns: the shape check and the lookup in the runtime's own zone table. Must not: use a name
 * as a path or open anything.
 */

import { quoteForMessage, refused } from './errors.ts';
import type { PyValue } from './values.ts';

const NAME = /^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+){0,3}$/;
const known = new Map<string, boolean>();

/** Refuses anything that is not shaped like a zone name (paths, `..`, absolute names). */
export function assertZoneName(value: PyValue | undefined): string {
  if (typeof value !== 'string' || value.length > 64 || !NAME.test(value)) {
    throw refused(`names the time zone "${typeof value === 'string' ? quoteForMessage(value) : typeof value}"`);
  }
  return value;
}

/** Whether the runtime's zone table has the name. */
export function isKnownZone(name: string): boolean {
  let answer = known.get(name);
  if (answer === undefined) {
    try {
      new Intl.DateTimeFormat('en-US', { timeZone: name });
      answer = true;
    } catch {
      answer = false;
    }
    if (known.size < 2000) known.set(name, answer);
  }
  return answer;
}
