/** Buttons: with text, or an icon with a name and a tooltip. A button that can't act says why in its tooltip. */
import { Tooltip } from '@mantine/core';
import type { ComponentPropsWithRef, ReactElement, ReactNode } from 'react';
import { Icon, type IconComponent } from './icon.tsx';
import { Keys } from './keys.tsx';

type ButtonProps = Omit<ComponentPropsWithRef<'button'>, 'type'> & {
  kind?: 'plain' | 'primary' | 'ghost' | 'danger';
  size?: 'small' | 'regular' | 'large';
  icon?: IconComponent;
  submit?: boolean;
};

const kinds = { plain: '', primary: ' cb-btn-p', ghost: ' cb-btn-g', danger: ' cb-btn-danger' };
const sizes = { small: ' cb-btn-s', regular: '', large: ' cb-btn-lg' };

export const Button = ({ kind = 'plain', size = 'regular', icon, submit = false, children, className, ...rest }: ButtonProps): ReactElement => (
  <button {...rest} type={submit ? 'submit' : 'button'} className={`cb-btn${kinds[kind]}${sizes[size]} ${className ?? ''}`}>
    {icon !== undefined && <Icon of={icon} size={14} />}
    {children}
  </button>
);

type IconButtonProps = Omit<ComponentPropsWithRef<'button'>, 'type' | 'aria-label'> & {
  icon: IconComponent;
  label: string;
  size?: 'small' | 'regular';
  iconSize?: number;
  /** Shown in the tooltip, e.g. `Ctrl+Z`. */
  keys?: string | null;
  /** Stays focusable so that the reason can be read. */
  disabledReason?: string | null;
  tip?: ReactNode;
};

export const IconButton = ({ icon, label, size = 'regular', iconSize, keys = null, disabledReason = null, tip, onClick, className, ...rest }: IconButtonProps): ReactElement => (
  <Tooltip
    label={
      <>
        <span>{disabledReason ?? tip ?? label}</span>
        {keys !== null && <Keys of={keys} />}
      </>
    }
  >
    <button
      {...rest}
      type="button"
      aria-label={label}
      aria-disabled={disabledReason === null ? undefined : true}
      className={`cb-ib${size === 'small' ? ' cb-ib-s' : ''} ${className ?? ''}`}
      onClick={disabledReason === null ? onClick : undefined}
    >
      <Icon of={icon} size={iconSize ?? (size === 'small' ? 14 : 16)} />
    </button>
  </Tooltip>
);
