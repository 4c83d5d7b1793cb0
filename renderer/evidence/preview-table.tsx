/**
 * The first rows of a file, parsed or as written. Only the cells in sight are in the page, so that a file of a thousand columns opens
 * as fast as one of ten. A click on a type changes it.
 */
import { IconChevronDown, IconClock } from '@tabler/icons-react';
import { useLayoutEffect, useMemo, useRef, useState, type ReactElement } from 'react';
import { columnTypes, type ColumnType, type ImportOptions, type PreviewItem } from '../../main/contract/index.ts';
import { visibleText } from '../../main/shared/text.ts';
import { useTime } from '../state/use-time.ts';
import { Icon } from '../ui/icon.tsx';
import { MenuButton } from '../ui/menu.tsx';
import { columnWidths, columnWindow, parsedCell, writtenCell } from './preview-cells.ts';

const rowPx = 28;
const spareRows = 6;

type Props = { item: PreviewItem; written: boolean; onChange(patch: ImportOptions): void; onShown(columns: number): void };

export const PreviewTable = ({ item, written, onChange, onShown }: Props): ReactElement => {
  const time = useTime();
  const box = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ left: 0, top: 0, width: 900, height: 380 });
  const widths = useMemo(() => columnWidths(item, time), [item, time]);
  const total = widths.reduce((sum, w) => sum + w, 0);

  const measure = (): void => {
    const el = box.current;
    if (el !== null) setView({ left: el.scrollLeft, top: el.scrollTop, width: el.clientWidth, height: el.clientHeight });
  };
  useLayoutEffect(() => {
    measure();
    const el = box.current;
    if (el === null) return;
    const observer = new ResizeObserver(measure);
    observer.observe(el);
    return () => observer.disconnect();
  }, []);

  const { first, last, before } = columnWindow(widths, view.left, view.left + view.width);
  const inSight = last - first + 1;
  useLayoutEffect(() => onShown(inSight), [inSight, onShown]);
  const fromRow = Math.max(0, Math.floor(view.top / rowPx) - spareRows);
  const toRow = Math.min(item.rows, Math.ceil((view.top + view.height) / rowPx) + spareRows);
  const columns = item.columns.slice(first, last + 1);
  const template = [`${before}px`, ...widths.slice(first, last + 1).map((w, i) => (first + i === widths.length - 1 ? `minmax(${w}px, 1fr)` : `${w}px`))].join(' ');

  const setType = (name: string, type: ColumnType): void => onChange({ types: { [name]: type } });

  return (
    <div className="cb-preview" role="table" aria-label="First rows" aria-rowcount={item.rows + 1} aria-colcount={item.columns.length} ref={box} onScroll={measure}>
      <div className="cb-preview-head" role="row" style={{ gridTemplateColumns: template, width: `max(100%, ${total}px)` }}>
        <span role="presentation" />
        {columns.map((column) => (
          <div key={column.name} role="columnheader" className="cb-preview-name">
            <span className="cb-row">
              {column.name === item.timeColumn && (
                <span className="cb-accent">
                  <Icon of={IconClock} size={13} />
                </span>
              )}
              <span className="cb-el" title={column.name}>
                {visibleText(column.name)}
              </span>
            </span>
            <MenuButton entries={columnTypes.map((type) => ({ kind: 'item', label: type, checked: type === column.type, run: () => setType(column.name, type) }))}>
              <button type="button" className="cb-badge cb-preview-type" aria-label={`Type of ${column.name}: ${column.type}`}>
                {column.type}
                <Icon of={IconChevronDown} size={11} />
              </button>
            </MenuButton>
          </div>
        ))}
      </div>
      <div role="rowgroup" className="cb-preview-body" style={{ height: item.rows * rowPx, width: `max(100%, ${total}px)` }}>
        {Array.from({ length: Math.max(0, toRow - fromRow) }, (_, i) => fromRow + i).map((row) => (
          <div key={row} role="row" aria-rowindex={row + 2} className="cb-preview-row" style={{ gridTemplateColumns: template, top: row * rowPx }}>
            <span role="presentation" />
            {columns.map((column, i) => {
              const text = written ? writtenCell(item, row, first + i) : parsedCell(item.parsed[first + i], row, time);
              return (
                <div key={column.name} role="cell" className={text === null ? 'cb-preview-null' : ''} title={text ?? ''}>
                  <span className="cb-el">{text ?? 'null'}</span>
                </div>
              );
            })}
          </div>
        ))}
      </div>
    </div>
  );
};
