/** One column's values with counts and bars: tick keeps, + keeps only, − leaves out; ordered by count, rare first or by value. */
import { IconMinus, IconPlus, IconSortDescending, IconX } from '@tabler/icons-react';
import { useState, type ReactElement } from 'react';
import type { FacetValue, TableInfo } from '../../main/contract/index.ts';
import { formatCount } from '../../main/shared/format.ts';
import { changeTableView, useTableView } from '../state/table-views.ts';
import { cellText } from './cell-text.ts';
import { keepOnly, listOf, toggleKept, toggleLeftOut } from './filter-edit.ts';
import { useCellFormat } from './use-cell-format.ts';
import { useFacet, type FacetOptions } from './use-facet.ts';

const orders: { order: FacetOptions['order']; label: string }[] = [
  { order: 'count', label: 'by count' },
  { order: 'rare', label: 'rare first' },
  { order: 'value', label: 'by value' },
];

type Props = { table: TableInfo; column: string; limit: number; onDrop: (() => void) | null; search?: string };

export const ValueCounts = ({ table, column, limit, onDrop, search = '' }: Props): ReactElement => {
  const [order, setOrder] = useState(0);
  const [more, setMore] = useState(0);
  const chosen = orders[order % orders.length] ?? { order: 'count' as const, label: 'by count' };
  const shown = limit + more;
  const { data, error } = useFacet(table, column, { order: chosen.order, limit: shown, search });
  const max = Math.max(1, ...(data?.values.map((v) => v.count) ?? []));
  return (
    <section className="cb-facet" aria-label={`Values of ${column}`}>
      <header>
        <span className="cb-facet-name cb-el">{column}</span>
        <span className="cb-facet-distinct">{data === undefined ? '' : formatCount(data.distinct)}</span>
        <button type="button" className="cb-facet-order" onClick={() => setOrder((o) => o + 1)} title="Change the order">
          {chosen.label} <IconSortDescending size={12} stroke={1.6} />
        </button>
        {onDrop !== null && (
          <button type="button" className="cb-facet-drop" onClick={onDrop} aria-label={`Hide values of ${column}`}>
            <IconX size={12} stroke={1.6} />
          </button>
        )}
      </header>
      {error !== null && <p className="cb-facet-note">{error.message}</p>}
      <ul>{data?.values.map((v) => <FacetRow key={JSON.stringify(v.value)} table={table} column={column} entry={v} max={max} />)}</ul>
      {data !== undefined && data.values.length >= shown && data.distinct > shown && (
        <button type="button" className="cb-facet-more" onClick={() => setMore((m) => m + 20)}>
          {formatCount(data.distinct - shown)} more
        </button>
      )}
      {data !== undefined && data.values.length === 0 && <p className="cb-facet-note">{search === '' ? 'No values in this view.' : 'No value contains this text.'}</p>}
    </section>
  );
};

const FacetRow = ({ table, column, entry, max }: { table: TableInfo; column: string; entry: FacetValue; max: number }): ReactElement => {
  const { filters } = useTableView(table.id);
  const format = useCellFormat();
  const type = table.columns.find((c) => c.name === column)?.type ?? 'string';
  const kept = listOf(filters, 'in', column);
  const isKept = kept.includes(entry.value);
  const isOut = listOf(filters, 'notIn', column).includes(entry.value);
  const text = entry.value === '' ? '""' : cellText(entry.value, type, format);
  const change = (next: typeof filters): void => changeTableView(table.id, { filters: next });
  return (
    <li className={isOut ? 'cb-facet-row cb-out' : 'cb-facet-row'}>
      {kept.length > 0 && (
        <input type="checkbox" className="cb-check" checked={isKept} aria-label={`Keep ${text}`} onChange={() => change(toggleKept(filters, column, entry.value))} />
      )}
      <button type="button" className="cb-facet-value cb-el" title={text} onClick={() => change(toggleKept(filters, column, entry.value))}>
        {text}
      </button>
      <span className="cb-facet-acts">
        <button type="button" aria-label={`Keep only ${text}`} title="Keep only" onClick={() => change(keepOnly(filters, column, entry.value))}>
          <IconPlus size={13} stroke={1.6} />
        </button>
        <button type="button" aria-label={`Leave out ${text}`} title="Leave out" onClick={() => change(toggleLeftOut(filters, column, entry.value))}>
          <IconMinus size={13} stroke={1.6} />
        </button>
      </span>
      <span className="cb-facet-bar" role="presentation">
        <i style={{ width: `${Math.max(8, (entry.count / max) * 100)}%` }} />
      </span>
      <span className="cb-facet-count">{formatCount(entry.count)}</span>
    </li>
  );
};
