/** Above the lanes: which tables, grouped by what, the bucket, what is brushed; zoom, ruler, table. */
import { Menu, Popover } from '@mantine/core';
import { IconArrowsMaximize, IconChevronDown, IconRulerMeasure, IconTable, IconTimeline, IconZoomIn, IconZoomOut } from '@tabler/icons-react';
import { useState, type ReactElement } from 'react';
import type { TableInfo, TimelineAnswer, TimeRange } from '../../main/contract/index.ts';
import { formatBucket, plural } from '../../main/shared/format.ts';
import { usPerHour, usPerMinute, usPerSecond } from '../../main/shared/time.ts';
import { engine } from '../engine/bridge.ts';
import { useAsked } from '../engine/use-asked.ts';
import { useCase } from '../state/case-store.ts';
import { setTimeRange } from '../state/time-range.ts';
import { useTime, type TimeText } from '../state/use-time.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { CheckBox, Segments } from '../ui/toggle.tsx';
import { timelineActions } from './timeline-actions.ts';
import { changeTimeline, defaultGroup, type TimelineSettings } from './timeline-state.ts';
import type { ShownSource } from './use-buckets.ts';

type Props = {
  viewId: string;
  settings: TimelineSettings;
  sources: readonly ShownSource[];
  answer: TimelineAnswer | undefined;
  brushed: TimeRange | null;
  asTable: boolean;
  measuring: boolean;
};

/** How many events of all sources lie in the brushed range, counted by the engine. */
const useBrushed = (sources: readonly ShownSource[], range: TimeRange | null): number | undefined => {
  const views = sources.map((s) => ({ ...s.view, timeRange: range }));
  const { data } = useAsked(
    JSON.stringify(['brushed', sources.map((s) => s.table.sha256), views]),
    range === null || views.length === 0
      ? null
      : async () => ({ of: range, events: (await Promise.all(views.map((view) => engine.call('table.count', { view })))).reduce((sum, c) => sum + c.matched, 0) }),
  );
  // the count of the range before says nothing about this one
  return data !== undefined && data.of === range ? data.events : undefined;
};

/** Both bounds, as fine as the range asks for; with dates when it spans days. Pure. */
export const brushWords = ({ fromUs, toUs }: TimeRange, time: Pick<TimeText, 'format'>): string => {
  const isWhole = fromUs % usPerMinute === 0 && toUs % usPerMinute === 0;
  const spansDays = time.format(fromUs, 'date') !== time.format(toUs, 'date');
  const style = spansDays ? 'dayMinute' : isWhole || toUs - fromUs >= 6 * usPerHour ? 'minute' : toUs - fromUs >= 10 * usPerSecond ? 'second' : 'time';
  return `${time.format(fromUs, style)} – ${time.format(toUs, style)}`;
};

export const TimelineToolbar = ({ viewId, settings, sources, answer, brushed, asTable, measuring }: Props): ReactElement => {
  const time = useTime();
  const act = (run: keyof NonNullable<ReturnType<typeof timelineActions>>) => () => timelineActions(viewId)?.[run]();
  const inside = useBrushed(sources, brushed);
  const words = brushed === null ? null : brushWords(brushed, time);
  return (
    <div className="cb-bar cb-tl-bar" role="toolbar" aria-label="Timeline">
      <TablePicker viewId={viewId} settings={settings} sources={sources} />
      {sources.length > 0 && (
        <>
          <span className="cb-t3">by</span>
          <GroupPicker viewId={viewId} settings={settings} sources={sources} />
          {answer !== undefined && answer.bins > 0 && <span className="cb-t3">{answer.events === null ? `bucket ${formatBucket(answer.bucketUs)}` : plural(answer.total, 'single event')}</span>}
          {words !== null && (
            <>
              <span className="cb-vsep" />
              <span className="cb-t2 cb-el">
                Brushed <strong>{words}</strong>
                {inside !== undefined && `, ${plural(inside, 'event')}`}
              </span>
              <Button size="small" kind="ghost" onClick={() => setTimeRange(null)}>Clear</Button>
            </>
          )}
        </>
      )}
      <span className="cb-sp" />
      <IconButton icon={IconZoomOut} label="Zoom out" keys="−" onClick={act('zoomOut')} />
      <IconButton icon={IconZoomIn} label="Zoom in" keys="+" onClick={act('zoomIn')} />
      <IconButton icon={IconArrowsMaximize} label="Fit all" keys="0" onClick={act('fit')} />
      <span className="cb-vsep" />
      <IconButton icon={IconRulerMeasure} label="Measure time between two points" keys="M" aria-pressed={measuring} onClick={act('measure')} />
      <IconButton icon={IconTable} label="Same as a table" aria-pressed={asTable} onClick={act('toggleTable')} />
    </div>
  );
};

const TablePicker = ({ viewId, settings, sources }: Pick<Props, 'viewId' | 'settings' | 'sources'>): ReactElement => {
  const [open, setOpen] = useState(false);
  const tables = (useCase((s) => s.info?.tables) ?? []).filter((t) => t.kind !== 'rejects');
  const shown = new Set(settings.sources.map((s) => s.tableId));
  const toggle = (table: TableInfo): void =>
    changeTimeline(viewId, {
      sources: shown.has(table.id) ? settings.sources.filter((s) => s.tableId !== table.id) : [...settings.sources, { tableId: table.id, groupBy: defaultGroup(table.columns) }],
      window: null,
    });
  const label = sources.length === 0 ? 'Choose tables' : sources.length === 1 ? (sources[0]?.table.name ?? '') : `${sources.length} tables`;
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-start" withinPortal trapFocus>
      <Popover.Target>
        <button type="button" className="cb-btn cb-btn-s" onClick={() => setOpen((o) => !o)} aria-label={`Tables: ${label}`}>
          <Icon of={sources.length > 1 ? IconTimeline : IconTable} /> <span className="cb-el">{label}</span> <Icon of={IconChevronDown} size={12} />
        </button>
      </Popover.Target>
      <Popover.Dropdown className="cb-pop" aria-label="Tables on this timeline">
        <div className="cb-pop-list">
          {tables.map((t) => (
            <div key={t.id} className="cb-tl-pick">
              <CheckBox checked={shown.has(t.id)} disabled={t.timeColumn === null} onChange={() => toggle(t)}>
                {t.name}
              </CheckBox>
              <span className="cb-pop-type">{t.timeColumn ?? 'no time column'}</span>
            </div>
          ))}
          {tables.length === 0 && <p className="cb-facet-note">This case has no table yet.</p>}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
};

/** Columns that make sense as lanes come first; every column can be one. */
const GroupPicker = ({ viewId, settings, sources }: Pick<Props, 'viewId' | 'settings' | 'sources'>): ReactElement => {
  const [search, setSearch] = useState('');
  const several = sources.length > 1;
  const columns = [...new Set(sources.flatMap((s) => s.table.columns.filter((c) => c.type !== 'datetime').map((c) => c.name)))];
  const found = columns.filter((c) => c.toLowerCase().includes(search.toLowerCase())).slice(0, 200);
  const now = sources.map((s) => s.groupBy);
  const label = now.every((g) => g === now[0]) ? (now[0] ?? 'one lane each') : 'several columns';
  const set = (column: string | null): void =>
    changeTimeline(viewId, {
      sources: settings.sources.map((s) => {
        const table = sources.find((x) => x.table.id === s.tableId)?.table;
        return { ...s, groupBy: column !== null && (table?.columns.some((c) => c.name === column) ?? false) ? column : column === null ? null : several ? s.groupBy : null };
      }),
    });
  return (
    <Menu width={280} position="bottom-start" onOpen={() => setSearch('')}>
      <Menu.Target>
        <button type="button" className="cb-btn cb-btn-s" aria-label={`Lanes by ${label}`}>
          <span className="cb-el">{label}</span> <Icon of={IconChevronDown} size={12} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <label className="cb-in cb-in-s cb-tl-find">
          <input value={search} placeholder="Find a column" aria-label="Find a column" onChange={(e) => setSearch(e.currentTarget.value)} onKeyDown={(e) => e.key !== 'Escape' && e.key !== 'ArrowDown' && e.stopPropagation()} />
        </label>
        <Menu.Item onClick={() => set(null)}>One lane per table</Menu.Item>
        <Menu.Divider />
        <div className="cb-tl-columns">
          {found.map((c) => (
            <Menu.Item key={c} onClick={() => set(c)}>
              <span className="cb-mono">{c}</span>
            </Menu.Item>
          ))}
        </div>
        <Menu.Divider />
        <div className="cb-tl-order">
          <span className="cb-t3">Lanes by</span>
          <Segments<'count' | 'name'> label="Order of lanes" value={settings.order} onChange={(order) => changeTimeline(viewId, { order })} options={[{ value: 'count', label: 'count' }, { value: 'name', label: 'name' }]} />
        </div>
        <HoverColumns viewId={viewId} settings={settings} columns={columns} />
      </Menu.Dropdown>
    </Menu>
  );
};

/** Columns shown when the pointer is on a single event (MSTICPy's source columns). */
const HoverColumns = ({ viewId, settings, columns }: Pick<Props, 'viewId' | 'settings'> & { columns: readonly string[] }): ReactElement => (
  <details className="cb-tl-hover">
    <summary>Shown on hover: {settings.hover.length === 0 ? 'time only' : settings.hover.join(', ')}</summary>
    <div className="cb-tl-columns">
      {columns.map((c) => (
        <CheckBox key={c} checked={settings.hover.includes(c)} disabled={!settings.hover.includes(c) && settings.hover.length >= 12} onChange={(on) => changeTimeline(viewId, { hover: on ? [...settings.hover, c] : settings.hover.filter((h) => h !== c) })}>
          <span className="cb-mono">{c}</span>
        </CheckBox>
      ))}
    </div>
  </details>
);
