/** A dialog over the window: title, content, foot with actions. Esc and the cross close it; focus comes back to where it was. */
import { Modal } from '@mantine/core';
import type { ReactElement, ReactNode } from 'react';

type Props = { title: ReactNode; width: number; height?: number | string; onClose(): void; children: ReactNode; foot?: ReactNode; className?: string };

export const Dialog = ({ title, width, height, onClose, children, foot, className }: Props): ReactElement => (
  <Modal.Root
    opened
    onClose={onClose}
    size={width}
    className={className}
    centered
    padding={0}
    yOffset={16}
    xOffset={16}
    transitionProps={{ duration: 0 }}
    styles={height === undefined ? {} : { content: { height, maxHeight: 'calc(100dvh - 32px)' } }}
  >
    <Modal.Overlay />
    <Modal.Content>
      {/* no header element: beside the title bar it would be a second banner */}
      <div className="cb-dialog-head">
        <Modal.Title>{title}</Modal.Title>
        <Modal.CloseButton aria-label="Close" />
      </div>
      <Modal.Body>
        <div className="cb-dialog-body">{children}</div>
        {foot !== undefined && <div className="cb-dialog-foot">{foot}</div>}
      </Modal.Body>
    </Modal.Content>
  </Modal.Root>
);
