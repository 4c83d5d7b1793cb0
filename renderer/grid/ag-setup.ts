/** AG Grid's modules (only those used) and its theme, fed by the design tokens through CSS variables, so that a theme switch needs no rebuild. */
import {
  CellApiModule,
  CellStyleModule,
  ColumnApiModule,
  EventApiModule,
  InfiniteRowModelModule,
  ModuleRegistry,
  RenderApiModule,
  RowApiModule,
  RowStyleModule,
  ScrollApiModule,
  themeQuartz,
} from 'ag-grid-community';

ModuleRegistry.registerModules([
  CellApiModule,
  CellStyleModule,
  ColumnApiModule,
  EventApiModule,
  InfiniteRowModelModule,
  RenderApiModule,
  RowApiModule,
  RowStyleModule,
  ScrollApiModule,
]);

export const gridTheme = themeQuartz.withParams({
  backgroundColor: 'var(--bg-1)',
  foregroundColor: 'var(--text-1)',
  headerBackgroundColor: 'var(--bg-2)',
  headerTextColor: 'var(--text-2)',
  borderColor: 'var(--line-1)',
  rowBorder: { color: 'var(--grid-line)', width: 1, style: 'solid' },
  headerRowBorder: { color: 'var(--line-2)', width: 1, style: 'solid' },
  wrapperBorder: false,
  wrapperBorderRadius: 0,
  borderRadius: 0,
  columnBorder: false,
  headerColumnBorder: { color: 'var(--line-1)', width: 1, style: 'solid' },
  headerColumnResizeHandleColor: 'transparent',
  oddRowBackgroundColor: 'transparent',
  rowHoverColor: 'transparent',
  selectedRowBackgroundColor: 'transparent',
  fontFamily: 'var(--font-mono)',
  headerFontFamily: 'var(--font-ui)',
  fontSize: 11.5,
  headerFontSize: 12,
  headerFontWeight: 500,
  headerHeight: 28,
  spacing: 4,
  cellHorizontalPadding: 8,
  accentColor: 'var(--accent)',
  browserColorScheme: 'inherit',
  focusShadow: 'none',
  rangeSelectionBorderColor: 'var(--focus)',
});

export const rowHeights = { compact: 24, regular: 28, roomy: 32 } as const;
