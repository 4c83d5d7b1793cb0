/** Which columns a grid shows, in which order and width: the saved layout merged with the table's own columns. Pure. */
import type { ColumnInfo, ColumnType, TableInfo } from '../../main/contract/index.ts';
import type { ColumnLayout } from '../state/table-views.ts';

export type ShownColumn = { info: ColumnInfo; layout: ColumnLayout };

const widthOf: Record<ColumnType, number> = { string: 160, int: 96, float: 104, bool: 72, datetime: 196, timespan: 120, dynamic: 260 };
const wideName = /command|message|description|parameters|properties|details|useragent|query|path$/i;

export const defaultWidth = (column: ColumnInfo): number => {
  const byType = column.type === 'string' && wideName.test(column.name) ? 360 : widthOf[column.type];
  return Math.max(byType, Math.min(320, 44 + column.name.length * 7));
};

/** Saved columns first in their order, then columns the layout doesn't know; the time column leads a table never arranged. */
export const arrangeColumns = (table: TableInfo, saved: readonly ColumnLayout[]): ShownColumn[] => {
  const byName = new Map(table.columns.map((c) => [c.name, c]));
  const known = saved.flatMap((layout) => {
    const info = byName.get(layout.name);
    return info === undefined ? [] : [{ info, layout }];
  });
  const named = new Set(known.map((c) => c.info.name));
  const rest = table.columns
    .filter((c) => !named.has(c.name))
    .map((info): ShownColumn => ({ info, layout: { name: info.name, width: null, hidden: info.role === 'index', pinned: null } }));
  if (saved.length === 0) rest.sort((a, b) => Number(b.info.name === table.timeColumn) - Number(a.info.name === table.timeColumn));
  return [...known, ...rest];
};

/** Columns offered as facets when nobody has chosen: those whose names analysts filter by, in the table's order. */
const facetNames = [
  'EventID', 'ActionType', 'Operation', 'ResultType', 'AlertSeverity', 'Severity', 'Account', 'UserId', 'UserPrincipalName', 'AccountName', 'TargetUserName', 'IpAddress',
  'IPAddress', 'ClientIP', 'RemoteIP', 'SrcIP', 'Computer', 'DeviceName', 'Hostname', 'HostName', 'Channel', 'Process', 'FileName', 'NewProcessName', 'Image', 'Facility',
  'FlowDirection', 'L7Protocol', 'Location', 'AppDisplayName',
];
export const defaultFacets = (table: TableInfo): string[] => {
  const rank = new Map(facetNames.map((name, i) => [name.toLowerCase(), i]));
  return table.columns
    .filter((c) => rank.has(c.name.toLowerCase()))
    .sort((a, b) => (rank.get(a.name.toLowerCase()) ?? 0) - (rank.get(b.name.toLowerCase()) ?? 0))
    .slice(0, 4)
    .map((c) => c.name);
};

/** Wide enough for the longest tag in use; 0 when no row carries one. */
export const tagColumnWidth = (tags: readonly { name: string; rows: number }[]): number => {
  const longest = tags.reduce((most, t) => (t.rows > 0 ? Math.max(most, t.name.length) : most), 0);
  return longest === 0 ? 0 : Math.round(Math.min(150, 42 + longest * 6.4));
};
