/** The same as drawn, as a table: buckets with their counts, or single events. Sortable by time, group or count; copyable. */
import { IconCopy } from '@tabler/icons-react';
import { useMemo, useState, type ReactElement } from 'react';
import type { TimelineAnswer } from '../../main/contract/index.ts';
import { formatCount } from '../../main/shared/format.ts';
import { copyText } from '../grid/index.ts';
import { useTime } from '../state/use-time.ts';
import { Button } from '../ui/button.tsx';

type Entry = { us: number; lane: number; label: string; count: number };
type Key = 'us' | 'label' | 'count';
const maxRows = 2_000;

export const tableEntries = (answer: TimelineAnswer, labels: readonly string[]): Entry[] => {
  if (answer.events !== null) {
    const { lane, us } = answer.events;
    return Array.from(us, (at, i) => ({ us: at, lane: lane[i] ?? 0, label: labels[lane[i] ?? 0] ?? '', count: 1 }));
  }
  return answer.lanes.flatMap((l, lane) => Array.from(l.counts, (count, bin) => ({ us: answer.fromUs + bin * answer.bucketUs, lane, label: labels[lane] ?? '', count })).filter((e) => e.count > 0));
};

type Props = { answer: TimelineAnswer; labels: readonly string[]; onPick(us: number, lane: number): void };

export const BucketTable = ({ answer, labels, onPick }: Props): ReactElement => {
  const time = useTime();
  const [key, setKey] = useState<Key>('us');
  const [down, setDown] = useState(false);
  const entries = useMemo(() => {
    const all = tableEntries(answer, labels);
    const sign = down ? -1 : 1;
    return all.sort((a, b) => sign * (key === 'label' ? a.label.localeCompare(b.label) : a[key] - b[key]) || a.us - b.us);
  }, [answer, labels, key, down]);
  const isEvents = answer.events !== null;
  const header = (name: Key, text: string): ReactElement => (
    <th aria-sort={key === name ? (down ? 'descending' : 'ascending') : 'none'}>
      <button type="button" onClick={() => { setDown(key === name ? !down : name === 'count'); setKey(name); }}>{text}</button>
    </th>
  );
  const copy = (): void => void copyText([`Time\tGroup\tEvents`, ...entries.map((e) => `${time.format(e.us)}\t${e.label}\t${e.count}`)].join('\n'), { defang: true });
  return (
    <div className="cb-tl-table">
      <table>
        <thead>
          <tr>
            {header('us', isEvents ? 'Time' : 'From')}
            {header('label', 'Group')}
            {header('count', 'Events')}
          </tr>
        </thead>
        <tbody>
          {entries.slice(0, maxRows).map((e, i) => (
            <tr key={`${e.lane}:${e.us}:${i}`} tabIndex={0} onDoubleClick={() => onPick(e.us, e.lane)} onKeyDown={(k) => k.key === 'Enter' && onPick(e.us, e.lane)}>
              <td className="cb-mono">{time.format(e.us)}</td>
              <td className="cb-mono">{e.label}</td>
              <td className="cb-num">{formatCount(e.count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="cb-t3">
        {formatCount(entries.length)} {isEvents ? 'events' : 'buckets with events'}
        {entries.length > maxRows && `, the first ${formatCount(maxRows)} shown; copy holds all`}
        <Button size="small" kind="ghost" icon={IconCopy} onClick={copy}>Copy</Button>
      </p>
    </div>
  );
};
