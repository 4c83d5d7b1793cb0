/** The timeline of one or several tables: lanes of buckets or events, the shared brush, range strip, reference lines, table equivalent. */
import { IconTimeline } from '@tabler/icons-react';
import { useEffect, useLayoutEffect, useMemo, useRef, useState, type ReactElement } from 'react';
import { formatCount, plural } from '../../main/shared/format.ts';
import { claimColors, colorIn, useColorBook } from '../state/value-colors.ts';
import { engine } from '../engine/bridge.ts';
import { useCase } from '../state/case-store.ts';
import { useSelection } from '../state/selection.ts';
import { useSettings } from '../state/settings-store.ts';
import { setTimeRange, useTimeRange } from '../state/time-range.ts';
import { useTime } from '../state/use-time.ts';
import type { ViewProps } from '../shell/view-registry.ts';
import { Icon } from '../ui/icon.tsx';
import { BucketTable } from './bucket-table.tsx';
import { around, shows, sizes, xOf, zoom, type Window } from './geometry.ts';
import { laneLabels } from './lane-labels.ts';
import { createLaneChart, type LaneChart } from './lane-chart.ts';
import { LaneTooltip, type Hover } from './lane-tooltip.tsx';
import { mountTimelineActions } from './timeline-actions.ts';
import { openBucketRows, openEventRow } from './open-rows.ts';
import { PlotOverlay } from './plot-overlay.tsx';
import { RangeStrip } from './range-strip.tsx';
import { ticksOf } from './ticks.ts';
import { changeTimeline, defaultGroup, loadTimeline, useTimelines, type TimelineSettings } from './timeline-state.ts';
import { TimelineToolbar } from './timeline-toolbar.tsx';
import { useBrush } from './use-brush.ts';
import { useBuckets, useSources, type ShownSource } from './use-buckets.ts';
import { useCursor } from './use-cursor.ts';
import './timeline.css';

const pixelsPerTick = 92;
const noSources: readonly ShownSource[] = [];

const newSettings = (tableId: string | undefined): TimelineSettings => {
  const tables = useCase.getState().info?.tables ?? [];
  const table = tables.find((t) => t.id === tableId && t.timeColumn !== null) ?? tables.find((t) => t.timeColumn !== null && t.kind !== 'rejects');
  return { sources: table === undefined ? [] : [{ tableId: table.id, groupBy: defaultGroup(table.columns) }], order: 'count', hover: [], window: null, references: [] };
};

export const TimelineView = ({ viewId, params }: ViewProps): ReactElement => {
  const settings = useTimelines((s) => s.timelines[viewId]);
  useEffect(() => void loadTimeline(viewId, newSettings(params.tableId)), [viewId, params.tableId]);
  return settings === undefined ? <div className="cb-tl" aria-busy="true" /> : <Timeline viewId={viewId} settings={settings} />;
};

/** Width of an element, followed. */
const useWidth = (): [React.RefObject<HTMLDivElement | null>, number] => {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    if (box.current === null) return;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.round(entry?.contentRect.width ?? 0)));
    observer.observe(box.current);
    return () => observer.disconnect();
  }, []);
  return [box, width];
};

const Timeline = ({ viewId, settings }: { viewId: string; settings: TimelineSettings }): ReactElement => {
  const sources = useSources(settings);
  const theme = useSettings((s) => s.theme);
  const time = useTime();
  const brush = useTimeRange((s) => s.range);
  const book = useColorBook((s) => s.book);
  const selected = useSelection();
  const [box, boxWidth] = useWidth();
  const width = Math.max(0, boxWidth - sizes.labels - sizes.right);
  const [asTable, setAsTable] = useState(false);
  const [measuring, setMeasuring] = useState(false);
  const [ruler, setRuler] = useState<Window | null>(null);
  const [hover, setHover] = useState<Hover | null>(null);
  const [focused, setFocused] = useState(false);

  const extent = useMemo<Window | null>(() => {
    const froms = sources.flatMap((s) => s.table.fromUs ?? []);
    const tos = sources.flatMap((s) => s.table.toUs ?? []);
    if (froms.length === 0) return null;
    const whole = { fromUs: Math.min(...froms), toUs: Math.max(...tos) + 1 };
    const room = Math.max(1_000, Math.round((whole.toUs - whole.fromUs) * 0.005));
    return { fromUs: whole.fromUs - room, toUs: whole.toUs + room };
  }, [sources]);
  const window = settings.window ?? extent;
  const { data, error, loading } = useBuckets(sources, settings, window, width);
  const answer = data?.answer;
  const drawn = data?.sources ?? noSources;
  const setWindow = (next: Window): void => changeTimeline(viewId, { window: next });

  // A range set elsewhere comes into view; a brush made here is in view already.
  const ownBrush = useRef<Window | null>(null);
  const setBrush = (next: Window | null): void => {
    ownBrush.current = next;
    setTimeRange(next);
  };
  const followRange = useRef<() => void>(() => undefined);
  followRange.current = () => {
    if (brush !== null && brush !== ownBrush.current && window !== null && !shows(window, brush)) setWindow(around(brush));
  };
  useEffect(() => followRange.current(), [brush]);

  useEffect(() => {
    if (answer !== undefined) drawn.forEach((s, i) => claimColors(s.groupBy ?? s.table.name, answer.lanes.filter((l) => l.source === i).map((l) => l.key)));
  }, [answer, drawn]);
  const labels = useMemo(() => (answer === undefined ? [] : laneLabels(answer, drawn)), [answer, drawn]);
  const colors = useMemo(
    () => answer?.lanes.map((l) => colorIn(book, drawn[l.source]?.groupBy ?? drawn[l.source]?.table.name ?? '', l.key)) ?? [],
    [answer, book, drawn],
  );
  const ticks = useMemo(() => (window === null || width === 0 ? [] : ticksOf(window, time.zone, Math.max(2, Math.floor(width / pixelsPerTick)))), [window, width, time.zone]);

  const selectedEvent = useMemo(() => {
    const events = answer?.events ?? null;
    if (answer === undefined || events === null || selected.rowId === null) return null;
    const at = events.rowIds.findIndex((id, i) => id === selected.rowId && drawn[answer.lanes[events.lane[i] ?? 0]?.source ?? -1]?.table.id === selected.tableId);
    return at < 0 ? null : { laneIndex: events.lane[at] ?? 0, us: events.us[at] ?? 0 };
  }, [answer, selected.rowId, selected.tableId, drawn]);

  const plot = useRef<HTMLDivElement>(null);
  const chart = useRef<LaneChart | null>(null);
  const height = Math.max(1, answer?.lanes.length ?? 1) * sizes.lane;
  const hasNoLanes = answer === undefined || answer.lanes.length === 0;
  useEffect(() => {
    if (plot.current === null) return;
    const made = createLaneChart(plot.current);
    chart.current = made;
    return () => {
      chart.current = null;
      made.dispose();
    };
  }, [asTable, hasNoLanes]);
  useEffect(() => {
    if (answer === undefined || window === null || width === 0) return;
    chart.current?.resize();
    chart.current?.draw({ answer, window, width, colors, ticksUs: ticks.map((t) => t.us), selected: selectedEvent });
  }, [answer, window, width, colors, ticks, selectedEvent, theme, asTable]);

  const open = (us: number, lane: number): void => {
    const source = drawn[answer?.lanes[lane]?.source ?? -1];
    if (answer === undefined || source === undefined) return;
    if (answer.events !== null) openEventRow(answer, source, lane, us, window, width);
    else openBucketRows(answer, source, lane, us);
  };
  const cursor = useCursor({ answer, window, onOpen: open, onWindow: setWindow, setBrush });
  const handlers = useBrush({
    window,
    width,
    brush,
    measuring,
    setWindow,
    setBrush,
    measured: setRuler,
    picked: (us, y) => {
      const lane = Math.floor(y / sizes.lane);
      cursor.put(us, lane);
      if (answer?.events != null) open(us, lane);
    },
    hovered: (at) => setHover(at === null ? null : { ...at, lane: Math.floor(at.y / sizes.lane) }),
  });

  // React's own wheel listeners can't keep the lanes from scrolling away under the pointer
  const stage = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = stage.current;
    const onWheel = (e: WheelEvent): void => handlers.onWheel(e, element ?? document.body);
    element?.addEventListener('wheel', onWheel, { passive: false });
    return () => element?.removeEventListener('wheel', onWheel);
  });

  useEffect(
    () =>
      mountTimelineActions(viewId, {
        zoomIn: () => window !== null && setWindow(zoom(window, 0.5, (window.fromUs + window.toUs) / 2)),
        zoomOut: () => window !== null && setWindow(zoom(window, 2, (window.fromUs + window.toUs) / 2)),
        fit: () => changeTimeline(viewId, { window: null }),
        toBrush: () => brush !== null && setWindow(around(brush)),
        measure: () => { setMeasuring((m) => !m); setRuler(null); },
        toggleTable: () => setAsTable((t) => !t),
        startHere: () => cursor.at !== null && setBrush({ fromUs: cursor.at.us, toUs: Math.max(cursor.at.us + 1, brush?.toUs ?? extent?.toUs ?? 0) }),
        endHere: () => cursor.at !== null && setBrush({ fromUs: Math.min(cursor.at.untilUs - 1, brush?.fromUs ?? extent?.fromUs ?? 0), toUs: cursor.at.untilUs }),
        addReference: () => void addReferenceOfSelection(viewId, settings),
      }),
  );

  if (sources.length === 0) {
    return (
      <div className="cb-tl">
        <TimelineToolbar viewId={viewId} settings={settings} sources={sources} answer={answer} brushed={null} asTable={asTable} measuring={measuring} />
        <div className="cb-empty">
          <Icon of={IconTimeline} size={36} />
          <span className="cb-empty-title">No table with times</span>
          <span>Choose a table above, or set a time column in the evidence tree.</span>
        </div>
      </div>
    );
  }
  const shownBrush = handlers.pending !== null && !measuring ? handlers.pending : brush;
  // the pointer first; without it, the bucket the keyboard stands on
  const at = cursor.at;
  const tip: Hover | null = hover ?? (focused && at !== null && window !== null ? { x: xOf(at.us, window, width), y: 0, us: at.us, lane: at.lane } : null);
  const isEmpty = answer !== undefined && answer.lanes.length === 0;
  const summary = answer === undefined || window === null ? 'Timeline' : `Timeline of ${sources.map((s) => s.table.name).join(', ')}, ${time.range(window.fromUs, window.toUs)}, ${plural(answer.total, 'event')}`;
  return (
    <div className="cb-tl" data-view-kind="timeline">
      <TimelineToolbar viewId={viewId} settings={settings} sources={sources} answer={answer} brushed={brush} asTable={asTable} measuring={measuring} />
      <div className={loading ? 'cb-progress cb-progress-on' : 'cb-progress'} />
      {error !== null && <div className="cb-panel-error" role="alert"><span>{error.message}</span><code>{error.code}</code></div>}
      <div className="cb-tl-body" ref={box}>
        {asTable && answer !== undefined ? (
          <BucketTable answer={answer} labels={labels.map((l) => l.full)} onPick={open} />
        ) : (
          <>
            <div className="cb-tl-refs" style={{ marginLeft: sizes.labels, width }}>
              {window !== null && settings.references.filter((r) => r.us >= window.fromUs && r.us <= window.toUs).map((r) => (
                <button key={`${r.us}${r.label}`} type="button" className="cb-tl-ref-label cb-el" style={{ left: Math.max(0, xOf(r.us, window, width) - 4) }} title={`${time.format(r.us)} · click removes`} onClick={() => changeTimeline(viewId, { references: settings.references.filter((x) => x !== r) })}>
                  {r.label}
                </button>
              ))}
            </div>
            <div className="cb-tl-scroll">
              {isEmpty ? (
                <p className="cb-tl-none">No events match the filters in this window.</p>
              ) : (
                <div className="cb-tl-plot" style={{ height }}>
                  <div className="cb-tl-labels" style={{ width: sizes.labels }}>
                    {labels.map((l, i) => (
                      <div key={i} className="cb-tl-label" style={{ top: i * sizes.lane }} title={`${l.full}: ${plural(answer?.lanes[i]?.total ?? 0, 'event')}`}>
                        <span className="cb-mono cb-el">{l.value}</span> {l.name !== '' && <span className="cb-tl-name cb-el">{l.name}</span>}
                      </div>
                    ))}
                  </div>
                  <div
                    className="cb-tl-canvas"
                    style={{ left: sizes.labels, width, height, cursor: handlers.cursor }}
                    tabIndex={0}
                    role="application"
                    aria-label={summary}
                    onPointerDown={handlers.onPointerDown}
                    onPointerMove={handlers.onPointerMove}
                    onPointerUp={handlers.onPointerUp}
                    onPointerLeave={handlers.onPointerLeave}
                    ref={stage}
                    onFocus={() => setFocused(true)}
                    onBlur={() => setFocused(false)}
                    onDoubleClick={() => cursor.at !== null && open(cursor.at.us, cursor.at.lane)}
                    onKeyDown={cursor.onKeyDown}
                  >
                    <div ref={plot} style={{ width, height }} />
                    {window !== null && <PlotOverlay width={width} height={height} window={window} brush={shownBrush} references={settings.references} cursor={cursor.at} ruler={ruler} />}
                    {tip !== null && answer !== undefined && window !== null && handlers.pending === null && <LaneTooltip hover={tip} answer={answer} window={window} width={width} labels={labels.map((l) => l.full)} colors={colors} hoverColumns={settings.hover} />}
                  </div>
                </div>
              )}
            </div>
            <div className="cb-tl-axis" style={{ marginLeft: sizes.labels, width }} aria-hidden="true">
              {window !== null && ticks.map((t) => (
                <span key={t.us} className={t.isDay ? 'cb-tl-day' : undefined} style={{ left: xOf(t.us, window, width) }}>{t.label}</span>
              ))}
            </div>
            {extent !== null && window !== null && width > 0 && <RangeStrip sources={sources} extent={extent} window={window} brush={shownBrush} width={width} onWindow={setWindow} />}
          </>
        )}
      </div>
      {answer !== undefined && (answer.hidden.lanes > 0 || answer.noTime > 0) && (
        <p className="cb-tl-note">
          {answer.hidden.lanes > 0 && `${formatCount(answer.hidden.lanes)} smaller groups with ${plural(answer.hidden.events, 'event')} are not drawn. `}
          {answer.noTime > 0 && `${plural(answer.noTime, 'row')} without a time.`}
        </p>
      )}
    </div>
  );
};

/** A dashed line at the time of the selected row. */
const addReferenceOfSelection = async (viewId: string, settings: TimelineSettings): Promise<void> => {
  const { tableId, rowId } = useSelection.getState();
  const table = useCase.getState().info?.tables.find((t) => t.id === tableId);
  if (table === undefined || rowId === null || table.timeColumn === null) return;
  const row = await engine.call('table.row', { tableId: table.id, rowId });
  const us = row.cells.find((c) => c.name === table.timeColumn)?.value;
  const { rowTitle } = await import('../inspector/index.ts');
  if (typeof us === 'number') changeTimeline(viewId, { references: [...settings.references, { us, label: rowTitle(row.cells).slice(0, 80) }] });
};
