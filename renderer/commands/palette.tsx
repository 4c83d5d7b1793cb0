/**
 * The command palette: one field over everything that can be done or found. Arrow keys choose, Enter runs, Ctrl+Enter opens beside, Esc
 * leaves. Drawn over the window; what it lists comes from palette-sources.ts.
 */
import { IconSearch } from '@tabler/icons-react';
import { FocusTrap, Portal } from '@mantine/core';
import { useDeferredValue, useEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactElement } from 'react';
import { formatCount } from '../../main/shared/format.ts';
import { closeDialog, useUi } from '../state/ui-store.ts';
import { Icon } from '../ui/icon.tsx';
import { Keys } from '../ui/keys.tsx';
import { findItems, headingOf, type FoundItem } from './palette-items.ts';
import { usePaletteItems } from './palette-sources.ts';
import { recentItems, rememberItem } from './recent-items.ts';
import { marked, type Span } from './search.ts';
import './palette.css';

const Marked = ({ text, spans }: { text: string; spans: readonly Span[] }): ReactElement => (
  <>
    {marked(text, spans).map((p, i) => (p.hit ? <b key={i} className="cb-palette-hit">{p.text}</b> : p.text))}
  </>
);

const Row = ({ item, active, onPick, onHover }: { item: FoundItem; active: boolean; onPick(beside: boolean): void; onHover(): void }): ReactElement => (
  <button
    type="button"
    role="option"
    id={`palette-${item.id}`}
    aria-selected={active}
    aria-disabled={item.reason === null ? undefined : true}
    tabIndex={-1}
    className={active ? 'cb-palette-row cb-palette-on' : 'cb-palette-row'}
    onMouseMove={onHover}
    onClick={(e) => onPick(e.ctrlKey || e.metaKey)}
  >
    <span className="cb-t3">
      <Icon of={item.icon} size={16} />
    </span>
    <span className={`${item.mono ? 'cb-mono cb-palette-mono' : ''} cb-el cb-palette-label${item.reason === null ? '' : ' cb-t3'}`}>
      <Marked text={item.label} spans={item.match.label} />
    </span>
    <span className="cb-t3 cb-f12 cb-el">{item.reason ?? <Marked text={item.context} spans={item.match.context} />}</span>
    <span className="cb-sp" />
    {item.keys !== null && <Keys of={item.keys} />}
  </button>
);

const hints = [
  ['>', 'commands'],
  ['#', 'tables'],
  ['@', 'marks'],
  [':', 'time'],
] as const;

const PaletteBox = ({ start }: { start: string }): ReactElement => {
  const [text, setText] = useState(start);
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const asked = useDeferredValue(text);
  const items = usePaletteItems(asked);
  const found = useMemo(() => findItems(items, asked, recentItems()), [items, asked]);
  const active = Math.min(at, found.length - 1);
  const current = found[active];
  useEffect(() => setAt(0), [text]);
  useEffect(() => list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' }), [active, found]);

  const pick = (item: FoundItem | undefined, beside: boolean): void => {
    if (item === undefined || item.reason !== null) return;
    closeDialog('palette');
    rememberItem(item);
    // after the dialog has given the focus back, so that what runs can move it
    setTimeout(() => item.run(beside), 0);
  };
  const onKeyDown = (e: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[e.key];
    if (step !== undefined) {
      e.preventDefault();
      const next = active + step;
      setAt(Math.abs(step) === 1 ? (next + found.length) % Math.max(1, found.length) : Math.max(0, Math.min(found.length - 1, next)));
    } else if (e.key === 'Enter') {
      e.preventDefault();
      pick(current, e.ctrlKey || e.metaKey);
    } else if (e.key === 'Escape') {
      e.stopPropagation();
      closeDialog('palette');
    }
  };

  return (
    <div className="cb-palette" role="dialog" aria-modal="true" aria-label="Command palette">
      <div className="cb-palette-field" role="presentation" onKeyDown={onKeyDown}>
        <Icon of={IconSearch} size={18} />
        <input
          data-autofocus
          role="combobox"
          aria-expanded="true"
          aria-controls="palette-list"
          aria-activedescendant={current === undefined ? undefined : `palette-${current.id}`}
          aria-label="Search this case or run a command"
          value={text}
          placeholder="Search this case or run a command"
          spellCheck={false}
          onChange={(e) => setText(e.target.value)}
        />
        <span className="cb-palette-hints">
          {hints.map(([key, word]) => (
            <button key={key} type="button" tabIndex={-1} onClick={() => setText(key)}>
              <kbd className="cb-kbd">{key}</kbd>
              {word}
            </button>
          ))}
        </span>
      </div>
      <div className="cb-palette-list" role="listbox" id="palette-list" aria-label="Results" ref={list}>
        {found.length === 0 && <p className="cb-palette-none">Nothing is called that. Commands, tables, columns, tags and notes of this case are searched.</p>}
        {found.map((item, i) => {
          const heading = headingOf(item.group);
          const previous = found[i - 1];
          return (
            <div key={item.id} role="presentation">
              {(previous === undefined || headingOf(previous.group) !== heading) && <div className="cb-palette-heading" role="presentation">{heading}</div>}
              <Row item={item} active={i === active} onPick={(beside) => pick(item, beside)} onHover={() => setAt(i)} />
            </div>
          );
        })}
      </div>
      <div className="cb-palette-foot">
        <span><Keys of="ArrowUp ArrowDown" /> choose</span>
        <span><Keys of="Enter" /> run</span>
        <span><Keys of="Ctrl+Enter" /> open beside</span>
        <span className="cb-sp" />
        <span className="cb-num">
          {formatCount(found.length)} of {formatCount(items.length)}
        </span>
      </div>
    </div>
  );
};

export const Palette = (): ReactElement | null => {
  const dialog = useUi((s) => s.dialog);
  if (dialog?.kind !== 'palette') return null;
  return (
    <Portal>
      <div className="cb-palette-scrim" onMouseDown={(e) => e.target === e.currentTarget && closeDialog('palette')} role="presentation">
        <FocusTrap active>
          <div role="presentation">
            <PaletteBox key={dialog.text} start={dialog.text} />
          </div>
        </FocusTrap>
      </div>
    </Portal>
  );
};
