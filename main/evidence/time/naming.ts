/**
 * What a column's name says about time: whether numbers in it may be times, whether it names its zone, and how good a choice it
 * is as the time of its table. Knows the names security tools use; never looks at values.
 */

/** `TimeGenerated [UTC]` → time, generated, utc. */
const words = (name: string): string[] =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');

const timeWords = new Set([
  'time', 'times', 'timestamp', 'timestamps', 'datetime', 'date', 'epoch', 'ts', 'utc', 'created', 'modified', 'updated', 'accessed', 'changed', 'mtime', 'atime',
  'ctime', 'btime', 'crtime', 'timecreated', 'eventtime', 'unixtime', 'generated', 'received', 'ingested', 'expires', 'expiry', 'expiration', 'seen', 'observed', 'occurred', 'birth', 'dtime',
]);
const notTime = new Set([
  'duration', 'elapsed', 'uptime', 'timeout', 'interval', 'zone', 'timezone', 'runtime', 'count', 'latency', 'ttl', 'offset', 'bias', 'span', 'timespan', 'taken', 'total', 'hash', 'id', 'size', 'user', 'cpu', 'kernel',
]);

export const namesTime = (name: string): boolean => {
  const all = words(name);
  return all.some((word) => timeWords.has(word)) && !all.some((word) => notTime.has(word));
};

/** Azure's portal writes the zone into the header. */
export const namesUtc = (name: string): boolean => /[[(]UTC[\])]\s*$/i.test(name) || /(_|\b)utc$/i.test(name) || /[a-z]Utc$/.test(name) || /^Utc[A-Z]/.test(name);

/** Best first. Spelled in lower case without anything but letters, digits and `@`. */
const ranking = [
  'timegenerated', 'timestamp', 'eventtime', 'utctime', '@timestamp', 'timecreated', 'timecreatedutc', 'systemtime', 'createddatetime', 'activitydatetime', 'eventtimeutc', 'creationtime', 'starttimeutc', 'starttime', 'flowstarttime',
  'eventcreatedtime', 'datetime', 'ts', 'time', 'date', 'calendartime', 'unixtime', 'eventdate', 'firstseen', 'createdtime', 'created', 'endtimeutc', 'endtime', 'lastseen', 'mtime', 'modified', 'lastmodified',
];

/** Smaller is better; columns without a known name come after all known ones. */
export const timeRank = (name: string): number => {
  const flat = name.replace(/[[(](utc|local time)[\])]\s*$/i, '').toLowerCase().replace(/[^a-z0-9@]/g, '');
  const at = ranking.indexOf(flat);
  if (at >= 0) return at;
  return namesTime(name) ? ranking.length : ranking.length + 1;
};

/** The fields that nearly always hold the time of the event, in the order above. Others need to be well filled to be chosen. */
export const isKnownTime = (name: string): boolean => timeRank(name) < ranking.length;
