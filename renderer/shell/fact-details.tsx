/** What opens from a fact of the status bar: the facts in full and the one thing to do about them. */
import type { ReactElement } from 'react';
import type { TableInfo } from '../../main/contract/index.ts';
import { formatDuration } from '../../main/shared/duration.ts';
import { formatCount, plural } from '../../main/shared/format.ts';
import { openView } from './view-registry.ts';
import { useCase } from '../state/case-store.ts';
import { changeTableView, useTableView } from '../state/table-views.ts';
import { setTimeRange, useTimeRange } from '../state/time-range.ts';
import { useTime } from '../state/use-time.ts';
import { Button } from '../ui/button.tsx';
import { rangeWords } from './range-text.ts';
import { filterCount } from './status-facts.ts';

const Line = ({ name, children }: { name: string; children: string }): ReactElement => (
  <>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </>
);

export const FilterDetail = ({ table }: { table: TableInfo | null }): ReactElement => {
  const view = useTableView(table?.id ?? '');
  const range = useTimeRange((s) => s.range);
  const time = useTime();
  if (table === null) return <p>No table is open. Filters show up here for the view that is active.</p>;
  const own = filterCount(view);
  return (
    <>
      <p>
        {own === 0 ? `No filter on ${table.name}.` : `${plural(own, 'filter')} on ${table.name}.`} {range === null ? 'All times.' : `Times ${[rangeWords(range, time).date, rangeWords(range, time).clock].join(' ').trim()}.`}
      </p>
      <div className="cb-row">
        <Button size="small" disabled={own === 0} onClick={() => changeTableView(table.id, { filters: [], search: '', marks: null })}>
          Clear filters
        </Button>
        <Button size="small" disabled={range === null} onClick={() => setTimeRange(null)}>
          All times
        </Button>
      </div>
    </>
  );
};

export const TruncationDetail = ({ table }: { table: TableInfo | null }): ReactElement => {
  if (table === null) return <p>No table is open.</p>;
  const rejects = table.rejectsTableId;
  return (
    <>
      <p>
        {table.truncated === null
          ? `${table.name} holds every row of its source: ${formatCount(table.rows)} good + ${formatCount(table.rejected)} rejected = ${formatCount(table.rows + table.rejected)}.`
          : `${table.name} was cut at ${plural(table.truncated.limit, 'row')}. At least ${formatCount(table.truncated.atLeast - table.truncated.limit)} more exist.`}
      </p>
      {table.warnings.map((w) => (
        <p key={w} className="cb-t2">
          {w}
        </p>
      ))}
      {rejects !== null && table.rejected > 0 && (
        <div className="cb-row">
          <Button size="small" onClick={() => openView('grid', { tableId: rejects })}>
            Open rejected rows
          </Button>
        </div>
      )}
    </>
  );
};

export const AgeDetail = ({ table }: { table: TableInfo | null }): ReactElement => {
  const info = useCase((s) => s.info);
  const time = useTime();
  if (table === null) return <p>{info?.dataToUs == null ? 'No table with times is in the case.' : `The newest event of the case is of ${time.format(info.dataToUs, 'long')}.`}</p>;
  if (table.fromUs === null || table.toUs === null) return <p>{table.name} has no time column. Set one in the tree, by the table’s menu.</p>;
  return (
    <dl className="cb-pairs">
      <Line name="First event">{time.format(table.fromUs, 'long')}</Line>
      <Line name="Last event">{time.format(table.toUs, 'long')}</Line>
      <Line name="Span">{formatDuration(table.toUs - table.fromUs)}</Line>
      <Line name="Time column">{table.timeColumn ?? ''}</Line>
      <Line name="Imported">{time.format(table.createdUs, 'dateMinute')}</Line>
    </dl>
  );
};

export const OfflineDetail = (): ReactElement => (
  <p>Casebench opens no connection. Everything shown comes from the case folder, and nothing of it leaves this computer.</p>
);
