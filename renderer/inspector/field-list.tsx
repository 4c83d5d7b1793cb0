/** Fields of one row: name, value, text as written where it differs; filter in, filter out and copy on hover. */
import { IconCopy, IconMinus, IconPlus } from '@tabler/icons-react';
import type { ReactElement } from 'react';
import type { RowDetail } from '../../main/contract/index.ts';
import { cellText, copyText, keepOnly, nullText, toggleLeftOut, useCellFormat } from '../grid/index.ts';
import { changeTableView } from '../state/table-views.ts';
import { EvidenceText } from '../ui/evidence-text.tsx';
import { NestedValue, parseDynamic } from './nested-value.tsx';

type Cell = RowDetail['cells'][number];
/** Long texts are code-like: they get a block of their own. */
const blockChars = 90;

export const FieldList = ({ tableId, cells }: { tableId: string; cells: readonly Cell[] }): ReactElement => (
  <dl className="cb-kv">
    {cells.map((cell) => (
      <Field key={cell.name} tableId={tableId} cell={cell} />
    ))}
  </dl>
);

const Field = ({ tableId, cell }: { tableId: string; cell: Cell }): ReactElement => {
  const format = useCellFormat();
  const isNested = cell.type === 'dynamic' && typeof cell.value === 'string';
  const raw = typeof cell.value === 'string' ? cell.value : cellText(cell.value, cell.type, format);
  const text = cell.value === null ? nullText : cell.value === '' ? '""' : raw;
  const isBlock = isNested || text.length > blockChars;
  const filter = (change: typeof keepOnly): void => changeTableView(tableId, (v) => ({ filters: change(v.filters, cell.name, cell.value) }));
  return (
    <div className={isBlock ? 'cb-field cb-field-block' : 'cb-field'}>
      <dt title={`${cell.name} · ${cell.type}`}>{cell.name}</dt>
      <dd className={cell.value === null ? 'cb-mono cb-nest-null' : 'cb-mono'}>
        {isNested ? <NestedValue value={parseDynamic(raw)} /> : <EvidenceText text={text} multiline />}
        {cell.original !== null && cell.type !== 'datetime' && (
          <span className="cb-written">
            as written: <EvidenceText text={cell.original} />
          </span>
        )}
      </dd>
      <span className="cb-field-acts">
        <button type="button" aria-label={`Keep only this ${cell.name}`} title="Keep only this value" onClick={() => filter(keepOnly)}>
          <IconPlus size={13} stroke={1.6} />
        </button>
        <button type="button" aria-label={`Leave out this ${cell.name}`} title="Leave this value out" onClick={() => filter(toggleLeftOut)}>
          <IconMinus size={13} stroke={1.6} />
        </button>
        <button type="button" aria-label={`Copy ${cell.name}, defanged`} title="Copy, defanged" onClick={() => void copyText(raw, { defang: true })}>
          <IconCopy size={13} stroke={1.6} />
        </button>
      </span>
    </div>
  );
};
