/** `timeline`: counts of a table's rows over time. */
import { timelineOps } from '../contract/index.ts';
import { formatBucket } from '../shared/duration.ts';
import { plural } from '../shared/format.ts';
import { parseIso, toIso } from '../shared/time.ts';
import { tableEngineOf } from '../table/index.ts';
import { timelineBuckets } from '../timeline/index.ts';
import { wholeNumber, oneOf } from './numbers.ts';
import { tableNamed, withCase } from './open.ts';
import { textTable } from './text-table.ts';
import { UsageError, type Verb } from './verb.ts';

const timeOption = (text: string | boolean | undefined, name: string): number | null => {
  if (typeof text !== 'string') return null;
  const us = parseIso(text);
  if (us === null) throw new UsageError(`--${name} takes a time such as 2026-03-11T22:04:00Z, not “${text}”.`, null);
  return us;
};

export const timelineVerb: Verb = {
  name: 'timeline',
  usage: '<case> <table>',
  summary: 'Count rows of a table in round buckets of time.',
  details: [
    'Buckets have a round width (1 min, 15 s, 7 d, …) aligned in UTC; there are at most --bins of them.',
    '--json prints {table, timeColumn, from, to, bucketUs, bins, total, noTime, lanes: [{key, total, counts}], hidden: {lanes, events}}; without --by there is one lane with the key null.',
  ],
  examples: ['casebench timeline Lantern.case SecurityEvent --bins 60 --by EventID'],
  options: {
    bins: { type: 'string', value: 'n', help: 'most buckets, 1 to 4,000 (default 60)' },
    by: { type: 'string', value: 'column', help: 'one lane per value of this column' },
    lanes: { type: 'string', value: 'n', help: 'most lanes, 1 to 200; further ones are counted (default 20)' },
    order: { type: 'string', value: 'count|name', help: 'order of the lanes (default count)' },
    time: { type: 'string', value: 'column', help: 'instead of the table’s own time column' },
    from: { type: 'string', value: 'time', help: 'start, ISO 8601; UTC unless it has an offset' },
    to: { type: 'string', value: 'time', help: 'end, not included' },
  },
  positionals: { min: 2, max: 2 },
  run: ({ positionals: [folder = '', name = ''], options, json, io }) => {
    const maxBins = wholeNumber(options['bins'], 'bins', { min: 1, max: 4_000, fallback: 60 });
    const maxLanes = wholeNumber(options['lanes'], 'lanes', { min: 1, max: 200, fallback: 20 });
    const order = oneOf(options['order'], 'order', ['count', 'name'] as const, 'count');
    const [fromUs, toUs] = [timeOption(options['from'], 'from'), timeOption(options['to'], 'to')];
    if ((fromUs === null) !== (toUs === null)) throw new UsageError('--from and --to go together.', null);
    if (fromUs !== null && toUs !== null && fromUs >= toUs) throw new UsageError('--to lies before --from.', null);
    return withCase(io, folder, 'read', async (session) => {
      const table = tableNamed(session, name);
      tableEngineOf(session, { copyFromRows: Infinity });
      const timeColumn = typeof options['time'] === 'string' ? options['time'] : null;
      const answer = await timelineBuckets(
        session,
        timelineOps['timeline.buckets'].input.parse({
          sources: [{ view: { tableId: table.id, timeColumn }, groupBy: typeof options['by'] === 'string' ? options['by'] : null }],
          range: fromUs === null || toUs === null ? null : { fromUs, toUs }, maxBins, maxLanes, order,
        }),
      );
      const { bins, bucketUs, lanes, total, noTime, hidden } = answer;
      if (json) {
        const document = {
          table: table.name, timeColumn: timeColumn ?? table.timeColumn, from: bins === 0 ? null : toIso(answer.fromUs), to: bins === 0 ? null : toIso(answer.toUs),
          bucketUs, bins, total, noTime, lanes: lanes.map((l) => ({ key: l.key, total: l.total, counts: Array.from(l.counts) })), hidden,
        };
        await io.out(`${JSON.stringify(document)}\n`);
        return 0;
      }
      const heads = lanes.map((l) => (lanes.length === 1 && l.key === null ? 'rows' : String(l.key ?? '–')));
      await io.out(textTable(['from', ...heads], Array.from({ length: bins }, (_, i) => [toIso(answer.fromUs + i * bucketUs), ...lanes.map((l) => l.counts[i] ?? 0)])));
      const more = [noTime > 0 ? `${plural(noTime, 'row')} without a time` : '', hidden.lanes > 0 ? `${plural(hidden.lanes, 'more group')} with ${plural(hidden.events, 'row')}` : ''].filter((t) => t !== '');
      io.err(`${plural(total, 'row')} in buckets of ${formatBucket(bucketUs)}${more.length > 0 ? `; ${more.join('; ')}` : ''}.\n`);
      return 0;
    });
  },
};
