/** What stands in a grid without rows: why, and the way out. */
import { IconFilterOff } from '@tabler/icons-react';
import type { ReactElement } from 'react';
import type { TableInfo } from '../../main/contract/index.ts';
import { plural } from '../../main/shared/format.ts';
import { useTableView } from '../state/table-views.ts';
import { setTimeRange, useTimeRange } from '../state/time-range.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { clearFilters } from './grid-commands.ts';

export const NoRows = ({ table }: { table: TableInfo }): ReactElement => {
  const view = useTableView(table.id);
  const range = useTimeRange((s) => s.range);
  const count = view.filters.length + (view.marks === null ? 0 : 1) + (view.search === '' ? 0 : 1);
  const narrowed = range !== null && table.timeColumn !== null;
  const why = [count > 0 ? plural(count, 'filter') : '', narrowed ? 'the time range' : ''].filter((w) => w !== '').join(' and ');
  return (
    <div className="cb-norows">
      <Icon of={IconFilterOff} size={36} />
      <p>{why === '' ? `${table.name} has no rows.` : `No rows match ${why}.`}</p>
      <div className="cb-norows-acts">
        {count > 0 && <Button kind="primary" onClick={() => clearFilters(table.id)}>Clear filters</Button>}
        {narrowed && <Button onClick={() => setTimeRange(null)}>All times</Button>}
      </div>
    </div>
  );
};
