/** What stands left of each lane: the group's value, its known name, the table when there are several. Pure. */
import type { TimelineAnswer } from '../../main/contract/index.ts';
import { shortenMiddle, visibleText } from '../../main/shared/text.ts';
import { eventName } from '../inspector/index.ts';

export type LaneLabel = { value: string; name: string; full: string };
type Named = { table: { name: string }; groupBy: string | null };

export const laneLabels = (answer: Pick<TimelineAnswer, 'lanes'>, sources: readonly Named[]): LaneLabel[] =>
  answer.lanes.map((lane) => {
    const source = sources[lane.source];
    const table = source?.table.name ?? '';
    if (source === undefined || source.groupBy === null) return { value: table, name: '', full: table };
    const value = lane.key === null ? 'empty' : lane.key === '' ? '""' : visibleText(String(lane.key));
    const known = /^event_?id$/i.test(source.groupBy) ? eventName(value) : '';
    const name = known !== '' ? known : sources.length > 1 ? table : '';
    return { value: shortenMiddle(value, known === '' ? 28 : 16), name, full: [sources.length > 1 ? table : '', value, known].filter((p) => p !== '').join(' · ') };
  });
