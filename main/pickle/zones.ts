/**
 * Time zones as pickles carry them (pytz, zoneinfo, datetime.timezone, dateutil, arrow names)
 * to offsets. Owns: the reading of zone objects and the offset of an instant. Must not: open
 * zone files; named zones come from the runtime's own table, dateutil ones from the pickle.
 */

import { malformed } from './errors.ts';
import { PyFloat } from './py-scalars.ts';
import { PyDict, PyObject, aType, sequence, type PyValue } from './values.ts';
import { assertZoneName, isKnownZone } from './zone-names.ts';

export type Zone = {
  /** Name shown to people: `UTC`, `America/New_York`, `+05:30`. */
  name: string;
  isUtc: boolean;
  /** Offset from UTC in seconds at a UTC second. */
  offsetAt(second: number): number;
};

const UTC: Zone = { name: 'UTC', isUtc: true, offsetAt: () => 0 };
const UTC_NAMES = new Set(['UTC', 'Etc/UTC', 'Z', 'Zulu', 'Etc/Zulu', 'UCT', 'Etc/UCT', 'Universal', 'Etc/Universal']);
const MAX_OFFSET_S = 86_400;
const DAY_S = 86_400;

const cache = new WeakMap<object, Zone>();
/** Named zones live on: there are only a few hundred, and making one is slow. */
const named = new Map<string, Zone>();
const MAX_DAYS_KEPT = 20_000;

/** The zone of a tzinfo value; null for None. */
export function zoneOf(tz: PyValue | undefined): Zone | null {
  if (tz === null || tz === undefined) return null;
  if (typeof tz === 'string') return zoneByName(tz);
  if (!(tz instanceof PyObject)) throw malformed(`a time zone is ${aType(tz)}`);
  let zone = cache.get(tz);
  if (zone === undefined) {
    zone = readZone(tz);
    cache.set(tz, zone);
  }
  return zone;
}

function readZone(tz: PyObject): Zone {
  switch (tz.cls) {
    case 'pytz.utc':
    case 'dateutil.tzutc':
      return UTC;
    case 'pytz.name':
    case 'ZoneInfo':
      return zoneByName(tz.args[0] as PyValue);
    case 'pytz.fixed': {
      const minutes = tz.args[0];
      if (typeof minutes !== 'number') throw malformed('a time zone has no offset');
      return fixedZone(minutes * 60);
    }
    case 'timezone':
      return fixedZone(spanSeconds(tz.args[0]));
    case 'dateutil.tzoffset': {
      const state = tz.state instanceof PyDict ? tz.state.get('_offset') : tz.args[1];
      return fixedZone(typeof state === 'number' ? state : spanSeconds(state));
    }
    case 'dateutil.tzlocal':
      // The writer's local zone is not in the file; the stored instants are UTC all the same.
      return { name: 'local time of the writer', isUtc: true, offsetAt: () => 0 };
    case 'dateutil.tzfile':
      return dateutilZone(tz);
    default:
      throw malformed(`a time zone is a ${tz.cls}`);
  }
}

/** Seconds of a datetime.timedelta(days, seconds, microseconds). */
export function spanSeconds(span: PyValue | undefined): number {
  if (span instanceof PyObject && span.cls === 'timedelta') {
    const [days, seconds, micros] = span.args.map((v) => (typeof v === 'number' ? v : NaN));
    return (days ?? 0) * DAY_S + (seconds ?? 0) + Math.round((micros ?? 0) / 1e6);
  }
  if (span instanceof PyFloat) return Math.round(span.value);
  throw malformed('a time zone has no offset');
}

function fixedZone(offsetS: number): Zone {
  if (!Number.isInteger(offsetS) || Math.abs(offsetS) > MAX_OFFSET_S) throw malformed('a time zone offset is out of range');
  if (offsetS === 0) return UTC;
  const abs = Math.abs(offsetS);
  const part = (n: number): string => String(n).padStart(2, '0');
  const name = `${offsetS < 0 ? '-' : '+'}${part(Math.floor(abs / 3600))}:${part(Math.floor(abs / 60) % 60)}`;
  return { name, isUtc: false, offsetAt: () => offsetS };
}

function zoneByName(value: PyValue): Zone {
  if (typeof value === 'string') {
    const fixed = /^([+-])(\d{2}):?(\d{2})$/.exec(value);
    if (fixed !== null) return fixedZone((fixed[1] === '-' ? -1 : 1) * (Number(fixed[2]) * 3600 + Number(fixed[3]) * 60));
  }
  const name = assertZoneName(value);
  if (UTC_NAMES.has(name)) return UTC;
  // A name newer or older than the runtime's table: the instants are UTC and stay right.
  if (!isKnownZone(name)) return { name: `${name} (not in this computer's zone table)`, isUtc: true, offsetAt: () => 0 };
  let zone = named.get(name);
  if (zone === undefined) {
    zone = namedZone(name);
    named.set(name, zone);
  }
  return zone;
}

/**
 * Offsets of a named zone. The runtime answers one instant at a time and slowly, so days are
 * probed once and only days with a change are searched to the second.
 */
function namedZone(name: string): Zone {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: name, calendar: 'gregory', numberingSystem: 'latn', hourCycle: 'h23', era: 'short',
    year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
  });
  const LIMIT_S = 8.64e12;
  function probe(second: number): number {
    const at = Math.max(-LIMIT_S + DAY_S, Math.min(LIMIT_S - DAY_S, second));
    const f = { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0, bc: false };
    for (const part of format.formatToParts(at * 1000)) {
      switch (part.type) {
        case 'year': case 'month': case 'day': case 'hour': case 'minute': case 'second':
          f[part.type] = Number(part.value);
          break;
        case 'era':
          f.bc = part.value.startsWith('B');
          break;
        default:
      }
    }
    const date = new Date(0);
    date.setUTCFullYear(f.bc ? 1 - f.year : f.year, f.month - 1, f.day);
    date.setUTCHours(f.hour, f.minute, f.second);
    return Math.round(date.getTime() / 1000 - at);
  }
  const days = new Map<number, { before: number; after: number; changeS: number }>();
  const starts = new Map<number, number>();
  function atDayStart(day: number): number {
    let offset = starts.get(day);
    if (offset === undefined) {
      offset = probe(day * DAY_S);
      starts.set(day, offset);
    }
    return offset;
  }
  let lastDay = NaN;
  let last = { before: 0, after: 0, changeS: Infinity };
  return {
    name,
    isUtc: false,
    offsetAt(second) {
      const day = Math.floor(second / DAY_S);
      if (day !== lastDay) {
        let entry = days.get(day);
        if (entry === undefined) {
          if (days.size > MAX_DAYS_KEPT) {
            days.clear();
            starts.clear();
          }
          const before = atDayStart(day);
          const after = atDayStart(day + 1);
          let changeS = Infinity;
          if (before !== after) {
            let lo = day * DAY_S;
            let hi = lo + DAY_S;
            while (hi - lo > 1) {
              const mid = Math.floor((lo + hi) / 2);
              if (probe(mid) === before) lo = mid;
              else hi = mid;
            }
            changeS = hi;
          }
          entry = { before, after, changeS };
          days.set(day, entry);
        }
        last = entry;
        lastDay = day;
      }
      return second >= last.changeS ? last.after : last.before;
    },
  };
}

/** dateutil keeps the whole transition table in the pickle. */
function dateutilZone(tz: PyObject): Zone {
  const state = tz.state;
  if (!(state instanceof PyDict)) throw malformed('a dateutil time zone has no table');
  const times = sequence(state.get('_trans_list_utc')) ?? [];
  const infos = sequence(state.get('_trans_idx')) ?? [];
  if (times.length !== infos.length || times.length > 100_000) throw malformed('a dateutil time zone has no valid table');
  const seconds = times.map((t) => {
    if (typeof t !== 'number') throw malformed('a dateutil time zone has no valid table');
    return t;
  });
  const offsets = infos.map(infoOffset);
  const first = state.get('_ttinfo_before') ?? state.get('_ttinfo_std') ?? state.get('_ttinfo_first');
  const before = first instanceof PyObject ? infoOffset(first) : 0;
  const file = state.get('_filename');
  const tail = typeof file === 'string' ? /zoneinfo\/([A-Za-z0-9_+/-]{1,64})$/.exec(file)?.[1] : undefined;
  return {
    name: tail ?? (typeof file === 'string' && /^[A-Za-z0-9_+/-]{1,64}$/.test(file) && !file.startsWith('/') ? file : 'dateutil zone'),
    isUtc: seconds.length === 0 && before === 0,
    offsetAt(second) {
      let lo = 0;
      let hi = seconds.length;
      while (lo < hi) {
        const mid = (lo + hi) >> 1;
        if ((seconds[mid] as number) <= second) lo = mid + 1;
        else hi = mid;
      }
      return lo === 0 ? before : (offsets[lo - 1] as number);
    },
  };
}

function infoOffset(info: PyValue): number {
  const state = info instanceof PyObject ? info.state : undefined;
  const offset = state instanceof PyDict ? state.get('offset') : undefined;
  const seconds = typeof offset === 'number' ? offset : offset instanceof PyObject ? spanSeconds(offset) : NaN;
  if (!Number.isInteger(seconds) || Math.abs(seconds) > MAX_OFFSET_S) throw malformed('a dateutil time zone has an offset out of range');
  return seconds;
}
