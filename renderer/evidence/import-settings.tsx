/** The settings of one file or entry in the import preview: what was sniffed with its confidence, what can be changed. */
import { IconArrowRight, IconChevronDown } from '@tabler/icons-react';
import { Select } from '@mantine/core';
import { useMemo, type ReactElement, type ReactNode } from 'react';
import type { ImportOptions, PreviewItem } from '../../main/contract/index.ts';
import { formatCount } from '../../main/shared/format.ts';
import { zoneOptions } from '../state/zones.ts';
import { useTime } from '../state/use-time.ts';
import { EvidenceText } from '../ui/evidence-text.tsx';
import { Icon } from '../ui/icon.tsx';

type Choice = { value: string; label: string };
type FieldProps = { label: string; value: string; data: readonly Choice[]; onChange(value: string): void; badge?: ReactNode; searchable?: boolean; disabled?: boolean };

const Field = ({ label, value, data, onChange, badge, searchable = false, disabled = false }: FieldProps): ReactElement => (
  <Select
    label={label}
    value={value}
    data={[...data]}
    searchable={searchable}
    disabled={disabled}
    onChange={(next) => next !== null && next !== value && onChange(next)}
    rightSectionWidth={badge === undefined ? 26 : 76}
    rightSectionPointerEvents="none"
    rightSection={
      <span className="cb-field-end">
        {badge}
        <Icon of={IconChevronDown} />
      </span>
    }
  />
);

const formatNames: Record<PreviewItem['format'], string> = { csv: 'CSV', json: 'JSON array', jsonl: 'JSON lines', parquet: 'Parquet', pickle: 'Pickled DataFrame', text: 'Text lines' };
const encodingNames: Record<NonNullable<ImportOptions['encoding']>, string> = { 'utf-8': 'UTF-8', 'utf-8-bom': 'UTF-8 with BOM', 'utf-16le': 'UTF-16 LE', 'utf-16be': 'UTF-16 BE', 'latin-1': 'Latin-1' };
const choices = <T extends string>(names: Record<T, string>): Choice[] => (Object.entries(names) as [T, string][]).map(([value, label]) => ({ value, label }));
const delimiters: Choice[] = [
  { value: ',', label: 'Comma' },
  { value: '\t', label: 'Tab' },
  { value: ';', label: 'Semicolon' },
  { value: '|', label: 'Pipe' },
  { value: ' ', label: 'Space' },
];
const quotes: Choice[] = [
  { value: '"', label: '"' },
  { value: "'", label: "'" },
  { value: 'none', label: 'None' },
];
const headerRows: Choice[] = [{ value: '0', label: 'No header' }, ...Array.from({ length: 20 }, (_, i) => ({ value: String(i + 1), label: `Row ${i + 1}` }))];
const noTime = '\u0000none';

/** A value outside the usual list is still shown as what it is. */
const withValue = (list: readonly Choice[], value: string): Choice[] => (list.some((c) => c.value === value) ? [...list] : [...list, { value, label: value }]);

export const ImportSettings = ({ item, onChange }: { item: PreviewItem; onChange(patch: ImportOptions): void }): ReactElement => {
  const { options } = item;
  const time = useTime();
  const isText = item.format === 'csv' || item.format === 'json' || item.format === 'jsonl' || item.format === 'text';
  const timeColumns = useMemo<Choice[]>(
    () => [...item.columns.filter((c) => c.type === 'datetime' || c.name === item.timeColumn).map((c) => ({ value: c.name, label: c.name })), { value: noTime, label: 'None' }],
    [item],
  );
  const sure = item.confidence >= 0.8;
  return (
    <div className="cb-import-settings">
      <div className="cb-import-fields" data-columns={item.format === 'csv' ? 5 : 2}>
        <Field
          label="Format"
          value={item.format}
          data={choices(formatNames)}
          onChange={(v) => onChange({ format: v as PreviewItem['format'] })}
          badge={<span className={sure ? 'cb-badge cb-badge-ok cb-num' : 'cb-badge cb-badge-warn cb-num'}>{Math.round(item.confidence * 100)} %</span>}
        />
        {isText && <Field label="Encoding" value={options.encoding ?? 'utf-8'} data={choices(encodingNames)} onChange={(v) => onChange({ encoding: v as NonNullable<ImportOptions['encoding']> })} />}
        {item.format === 'csv' && (
          <>
            <Field label="Delimiter" value={options.delimiter ?? ','} data={withValue(delimiters, options.delimiter ?? ',')} onChange={(v) => onChange({ delimiter: v })} />
            <Field label="Quote" value={options.quote === '' ? 'none' : (options.quote ?? '"')} data={withValue(quotes, options.quote === '' ? 'none' : (options.quote ?? '"'))} onChange={(v) => onChange({ quote: v === 'none' ? '' : v })} />
            <Field label="Header" value={String(options.headerRow ?? 1)} data={withValue(headerRows, String(options.headerRow ?? 1))} onChange={(v) => onChange({ headerRow: Number(v) })} />
          </>
        )}
      </div>
      <div className="cb-import-fields cb-import-time">
        <Field
          label="Time column"
          value={item.timeColumn ?? noTime}
          data={timeColumns}
          onChange={(v) => onChange({ timeColumn: v === noTime ? null : v })}
          badge={item.timeColumn === null ? undefined : <span className="cb-badge cb-badge-ok cb-num">{formatCount(item.totalRows)}</span>}
        />
        <Field label="Zone when not written" value={options.zone ?? 'UTC'} data={withValue(zoneOptions(), options.zone ?? 'UTC')} searchable onChange={(v) => onChange({ zone: v })} />
        <div className="cb-grow">
          <span className="cb-label cb-el" title={item.timeExample?.note}>
            How the first value is read{item.timeExample !== null && item.timeExample.note !== '' && <span className="cb-t3">, {item.timeExample.note}</span>}
          </span>
          <div className="cb-in cb-import-example">
            {item.timeExample === null ? (
              <span className="cb-t3">No time column</span>
            ) : (
              <>
                <span className="cb-mono cb-t2 cb-el cb-select">
                  <EvidenceText text={item.timeExample.text} />
                </span>
                <Icon of={IconArrowRight} />
                <span className="cb-mono cb-el cb-select">
                  {time.format(item.timeExample.us)} {time.offset(item.timeExample.us)}
                </span>
              </>
            )}
          </div>
        </div>
      </div>
    </div>
  );
};
