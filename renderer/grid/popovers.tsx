/** The grid's dialogs, drawn once whichever grid asked. */
import type { ReactElement } from 'react';
import { ExportDialog } from './export-dialog.tsx';
import { useExport } from './export-state.ts';
import { useGridPopover } from './mark-popovers.ts';
import { NoteEditor } from './note-editor.tsx';
import { PivotMenu } from './pivot-menu.tsx';
import { TagPicker } from './tag-picker.tsx';

/** `tableId`: the grid it stands in draws only what was asked of its table. */
export const GridPopovers = ({ tableId }: { tableId: string }): ReactElement => {
  const open = useGridPopover((s) => s.open);
  const exporting = useExport((s) => s.tableId);
  return (
    <>
      {open?.kind === 'tag' && open.tableId === tableId && <TagPicker />}
      {open?.kind === 'note' && open.tableId === tableId && <NoteEditor key={open.rowId} tableId={tableId} rowId={open.rowId} />}
      {open?.kind === 'pivot' && open.tableId === tableId && <PivotMenu key={`${open.at.x}:${open.at.y}`} tableId={tableId} at={open.at} />}
      {exporting === tableId && <ExportDialog />}
    </>
  );
};
