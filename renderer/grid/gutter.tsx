/** The first, pinned column: position in the view, star, note, and the edge in the colour of the row's first tag. */
import { IconNote, IconStarFilled } from '@tabler/icons-react';
import type { ICellRendererParams } from 'ag-grid-community';
import type { ReactElement } from 'react';
import { useTags } from '../state/tags.ts';
import { marksOf, type GridRow } from './page-source.ts';

export const Gutter = ({ data }: ICellRendererParams<GridRow>): ReactElement | null => {
  const tags = useTags((s) => s.tags);
  if (data === undefined) return null;
  const marks = marksOf(data);
  const edge = tags.find((t) => t.name === marks?.tags[0]);
  return (
    <span className="cb-gutter" style={edge === undefined ? undefined : { boxShadow: `inset 2px 0 0 var(--c${edge.color})` }}>
      <span className="cb-gutter-n">{(data.position + 1).toLocaleString('en-US')}</span>
      {marks !== null && marks.notes > 0 && <IconNote size={13} stroke={1.6} aria-label={`${marks.notes} notes`} />}
      {marks?.starred === true && <IconStarFilled size={13} className="cb-star" aria-label="starred" />}
    </span>
  );
};

export const TagCell = ({ data }: ICellRendererParams<GridRow>): ReactElement | null => {
  const tags = useTags((s) => s.tags);
  const marks = data === undefined ? null : marksOf(data);
  if (marks === null || marks.tags.length === 0) return null;
  return (
    <span className="cb-tags">
      {marks.tags.map((name) => (
        <span key={name} className="cb-tag" style={{ '--tc': `var(--c${tags.find((t) => t.name === name)?.color ?? 0})` } as React.CSSProperties}>
          {name}
        </span>
      ))}
    </span>
  );
};
