/** Writing one filter: column, operator, value; Enter applies, Escape leaves everything as it was. What can't be read is explained in place. */
import { Popover, Select } from '@mantine/core';
import { useState, type FormEvent, type ReactElement } from 'react';
import type { Filter, TableInfo } from '../../main/contract/index.ts';
import { changeTableView, tableViewOf } from '../state/table-views.ts';
import { useTime } from '../state/use-time.ts';
import { Button } from '../ui/button.tsx';
import { CheckBox } from '../ui/toggle.tsx';
import { endFilter, type FilterDraft } from './filter-draft.ts';
import { replaceFilter } from './filter-edit.ts';
import { formOf, operatorsOf, readForm, type FormState } from './filter-form.ts';

export const FilterEditor = ({ table, draft }: { table: TableInfo; draft: FilterDraft }): ReactElement => {
  const time = useTime();
  const existing: Filter | undefined = draft.index === null ? undefined : tableViewOf(table.id).filters[draft.index];
  const [form, setForm] = useState<FormState>(() => formOf(existing, draft.column ?? table.columns[0]?.name ?? '', table, (us) => time.format(us)));
  const [problem, setProblem] = useState<string | null>(null);
  const type = table.columns.find((c) => c.name === form.column)?.type ?? 'string';
  const operators = operatorsOf(type);
  const chosen = operators.find((o) => o.op === form.op) ?? operators[0];
  const isText = ['contains', 'notContains', 'startsWith', 'endsWith', 'regex', 'notRegex'].includes(form.op);
  const isList = form.op === 'in' || form.op === 'notIn';

  const apply = (e: FormEvent): void => {
    e.preventDefault();
    const read = readForm({ ...form, op: chosen?.op ?? form.op }, type, time.zone);
    if (!read.ok) return setProblem(read.message);
    const { index } = draft;
    changeTableView(table.id, (v) => ({ filters: index === null ? [...v.filters, read.filter] : replaceFilter(v.filters, index, read.filter) }));
    endFilter();
  };
  const change = (patch: Partial<FormState>): void => {
    setProblem(null);
    setForm((f) => ({ ...f, ...patch }));
  };
  const pickColumn = (name: string | null): void => {
    const next = operatorsOf(table.columns.find((c) => c.name === name)?.type ?? 'string');
    change({ column: name ?? form.column, op: next.some((o) => o.op === form.op) ? form.op : (next[0]?.op ?? 'contains') });
  };
  return (
    <Popover opened onChange={(open) => !open && endFilter()} position="bottom-start" offset={8} withinPortal trapFocus returnFocus>
      <Popover.Target>
        <span className="cb-anchor-start" />
      </Popover.Target>
      <Popover.Dropdown className="cb-pop cb-filter-editor" aria-label={draft.index === null ? 'Add a filter' : 'Change a filter'}>
        <form onSubmit={apply}>
          <div className="cb-filter-row">
            <Select aria-label="Column" searchable data={table.columns.map((c) => c.name)} value={form.column} onChange={pickColumn} comboboxProps={{ withinPortal: false }} maxDropdownHeight={240} w={190} />
            <Select aria-label="Operator" data={operators.map((o) => ({ value: o.op, label: o.label }))} value={chosen?.op ?? null} onChange={(op) => op !== null && change({ op: op as FormState['op'] })} comboboxProps={{ withinPortal: false }} w={150} />
          </div>
          {chosen !== undefined && chosen.fields > 0 && (
            <div className="cb-filter-row">
              {isList ? (
                <textarea className="cb-textarea cb-mono" rows={3} data-autofocus aria-label="Values" placeholder="Values, separated by commas or one per line" value={form.first} onChange={(e) => change({ first: e.currentTarget.value })} onKeyDown={(e) => e.key === 'Enter' && e.ctrlKey && apply(e)} />
              ) : (
                <label className={problem === null ? 'cb-in cb-filter-value' : 'cb-in cb-filter-value cb-in-bad'}>
                  <input data-autofocus aria-label="Value" className="cb-mono" value={form.first} placeholder={type === 'datetime' ? `2026-03-11 22:04 (${time.zone})` : ''} onChange={(e) => change({ first: e.currentTarget.value })} />
                </label>
              )}
              {chosen.fields === 2 && (
                <label className="cb-in cb-filter-value">
                  <input aria-label="To" className="cb-mono" value={form.second} onChange={(e) => change({ second: e.currentTarget.value })} />
                </label>
              )}
            </div>
          )}
          {isText && (
            <CheckBox checked={form.caseSensitive} onChange={(caseSensitive) => change({ caseSensitive })}>
              Match case
            </CheckBox>
          )}
          {problem !== null && <p className="cb-filter-problem" role="alert">{problem}</p>}
          <div className="cb-filter-foot">
            <Button size="small" kind="ghost" onClick={endFilter}>Cancel</Button>
            <Button size="small" kind="primary" submit>{draft.index === null ? 'Add filter' : 'Apply'}</Button>
          </div>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
};
