/** A dialog over the window: title, content, foot with actions. Esc and the cross close it; focus comes back to where it was. */
import { Modal } from '@mantine/core';
import type { ReactElement, ReactNode } from 'react';

type Props = { title: ReactNode; width: number; height?: number | string; onClose(): void; children: ReactNode; foot?: ReactNode; className?: string };

export const Dialog = ({ title, width, height, onClose, children, foot, className }: Props): ReactElement => (
  <Modal
    opened
    onClose={onClose}
    title={title}
    size={width}
    className={className}
    yOffset={16}
    xOffset={16}
    styles={height === undefined ? {} : { content: { height, maxHeight: 'calc(100dvh - 32px)' } }}
  >
    <div className="cb-dialog-body">{children}</div>
    {foot !== undefined && <div className="cb-dialog-foot">{foot}</div>}
  </Modal>
);
