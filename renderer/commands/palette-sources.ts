/** Fills the palette: commands from the registry, tables, columns, tags and notes from the open case, a typed time as a range. */
import { IconClock, IconColumns, IconCommand, IconLayoutBoard, IconNote, IconTable, IconTag } from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import type { EngineOutput } from '../../main/contract/index.ts';
import { formatCount, plural } from '../../main/shared/format.ts';
import { parseRange } from '../../main/shared/time-expression.ts';
import { visibleText } from '../../main/shared/text.ts';
import { engine } from '../engine/bridge.ts';
import { openBoardItem } from '../shell/board.ts';
import { openView } from '../shell/view-registry.ts';
import { extentOf } from '../shell/use-case-extent.ts';
import { useCase } from '../state/case-store.ts';
import { selectRow } from '../state/selection.ts';
import { useSettings } from '../state/settings-store.ts';
import { changeTableView, loadTableView } from '../state/table-views.ts';
import { useTags } from '../state/tags.ts';
import { setTimeRange, useTimeRange } from '../state/time-range.ts';
import { useTime } from '../state/use-time.ts';
import { keysOf } from './key-names.ts';
import { splitQuery, type PaletteItem } from './palette-items.ts';
import { useCommands } from './registry.ts';

type Marked = EngineOutput<'mark.list'>['rows'];

/** Asked once, when the palette opens. */
const useNotedRows = (open: boolean): Marked => {
  const inCase = useCase((s) => s.info != null);
  const [rows, setRows] = useState<Marked>([]);
  useEffect(() => {
    if (!open || !inCase) return;
    engine.call('mark.list', { limit: 500 }).then((a) => setRows(a.rows.filter((r) => r.notes.length > 0)), () => undefined);
  }, [open, inCase]);
  return rows;
};

const openColumn = async (tableId: string, column: string, beside: boolean): Promise<void> => {
  openView('grid', { tableId }, { beside });
  await loadTableView(tableId);
  changeTableView(tableId, (v) => ({ facets: { ...v.facets, open: true, columns: [column, ...v.facets.columns.filter((c) => c !== column)] } }));
};

export const usePaletteItems = (text: string): PaletteItem[] => {
  const commands = useCommands((s) => s.commands);
  const changes = useSettings((s) => s.settings.keys);
  const info = useCase((s) => s.info);
  const tags = useTags((s) => s.tags);
  const noted = useNotedRows(true);
  const range = useTimeRange((s) => s.range);
  const time = useTime();

  const fixed = useMemo<PaletteItem[]>(() => {
    const tables = info?.tables ?? [];
    const nameOf = (id: string): string => tables.find((t) => t.id === id)?.name ?? '';
    return [
      ...[...commands.values()].map((c): PaletteItem => {
        const can = c.when?.() ?? true;
        return {
          id: c.id, group: 'Commands', label: c.label, context: c.context?.() ?? '', icon: c.icon ?? IconCommand, mono: false,
          keys: keysOf(c, changes)[0] ?? null, reason: can === true ? null : can, run: () => void c.run(),
        };
      }),
      ...tables.map((t): PaletteItem => ({
        id: `table:${t.id}`, group: 'Tables', label: t.name, context: plural(t.rows, 'row'), icon: IconTable, mono: true, keys: null, reason: null,
        run: (beside) => openView('grid', { tableId: t.id }, { beside }),
      })),
      ...tables.filter((t) => t.kind !== 'rejects').flatMap((t) =>
        t.columns.map((c): PaletteItem => ({
          id: `column:${t.id}:${c.name}`, group: 'Tables', label: visibleText(c.name), context: `column of ${t.name}, ${c.type}`, icon: IconColumns, mono: true, keys: null, reason: null,
          run: (beside) => void openColumn(t.id, c.name, beside),
        })),
      ),
      ...tags.map((t): PaletteItem => ({
        id: `tag:${t.name}`, group: 'Marks', label: t.name, context: `tag, ${formatCount(t.rows)} rows`, icon: IconTag, mono: false, keys: null, reason: null,
        run: (beside) => openView('notes', {}, { beside }),
      })),
      ...(info?.board ?? []).map((b): PaletteItem => ({
        id: `board:${b.id}`, group: 'Marks', label: b.label, context: 'on the case board', icon: IconLayoutBoard, mono: false, keys: null, reason: null,
        run: (beside) => void openBoardItem(b, beside),
      })),
      ...noted.flatMap((r) =>
        r.notes.map((n): PaletteItem => ({
          id: `note:${n.id}`, group: 'Marks', label: visibleText(n.text).slice(0, 120), context: `note on ${nameOf(r.tableId)}, ${time.format(n.editedUs ?? n.createdUs, 'dayMinute')}`,
          icon: IconNote, mono: false, keys: null, reason: null,
          run: (beside) => {
            openView('grid', { tableId: r.tableId }, { beside });
            selectRow(r.tableId, r.rowId, 'palette');
          },
        })),
      ),
    ];
  }, [commands, changes, info, tags, noted, time]);

  return useMemo(() => {
    const { only, query } = splitQuery(text);
    if (only !== 'Time') return fixed;
    const extent = extentOf(info);
    const read = parseRange(query, { zone: time.zone, data: extent === null ? null : { fromUs: extent.fromUs, toUs: extent.toUs - 1 }, aroundUs: range?.fromUs ?? null });
    const item: PaletteItem = {
      id: 'time:typed', group: 'Time', icon: IconClock, mono: false, keys: null,
      label: read.ok ? time.range(read.fromUs, read.toUs) : 'A time or range, e.g. 22:25 ± 45m',
      context: read.ok ? 'time range of all views' : '',
      reason: info == null ? 'open a case first' : read.ok ? null : query === '' ? '' : read.message,
      run: () => read.ok && setTimeRange({ fromUs: read.fromUs, toUs: read.toUs }),
    };
    return [item];
  }, [text, fixed, info, time, range]);
};
