/** A switch, a check box and a choice of few, with their words. */
import { IconCheck } from '@tabler/icons-react';
import { useRef, type KeyboardEvent, type ReactElement, type ReactNode } from 'react';
import { Icon, type IconComponent } from './icon.tsx';

type Props = { checked: boolean; onChange(checked: boolean): void; children: ReactNode; disabled?: boolean };

export const Toggle = ({ checked, onChange, children, disabled }: Props): ReactElement => (
  <button type="button" role="switch" aria-checked={checked} disabled={disabled} className="cb-toggle-row" onClick={() => onChange(!checked)}>
    <span className={checked ? 'cb-tog cb-tog-on' : 'cb-tog'} />
    <span>{children}</span>
  </button>
);

export const CheckBox = ({ checked, onChange, children, disabled }: Props): ReactElement => (
  <button type="button" role="checkbox" aria-checked={checked} disabled={disabled} className="cb-toggle-row" onClick={() => onChange(!checked)}>
    <span className={checked ? 'cb-check cb-check-on' : 'cb-check'}>{checked && <Icon of={IconCheck} size={11} stroke={2.5} />}</span>
    <span>{children}</span>
  </button>
);

type SegmentsProps<T extends string> = { label: string; value: T; options: readonly { value: T; label: string; icon?: IconComponent }[]; onChange(value: T): void };

/** One of few, as a radio group: arrow keys move the choice. */
export const Segments = <T extends string>({ label, value, options, onChange }: SegmentsProps<T>): ReactElement => {
  const group = useRef<HTMLDivElement>(null);
  const move = (e: KeyboardEvent): void => {
    const step = e.key === 'ArrowRight' || e.key === 'ArrowDown' ? 1 : e.key === 'ArrowLeft' || e.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    e.preventDefault();
    const at = (options.findIndex((o) => o.value === value) + step + options.length) % options.length;
    const next = options[at];
    if (next === undefined) return;
    onChange(next.value);
    group.current?.querySelectorAll('button')[at]?.focus();
  };
  return (
    <div ref={group} className="cb-seg" role="radiogroup" aria-label={label} tabIndex={-1} onKeyDown={move}>
      {options.map((o) => (
        <button key={o.value} type="button" role="radio" aria-checked={o.value === value} tabIndex={o.value === value ? 0 : -1} onClick={() => onChange(o.value)}>
          {o.icon !== undefined && <Icon of={o.icon} />}
          {o.label}
        </button>
      ))}
    </div>
  );
};
