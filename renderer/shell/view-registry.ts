/**
 * Views by kind and the one way to open them. A view kind names its component; the dock (dock.tsx) shows instances as tabs that
 * can be split, moved and popped out, and saves the arrangement in the case.
 */
import type { ComponentType } from 'react';

export type ViewKind = 'grid' | 'timeline' | 'inspector' | 'notes' | 'history';
/** JSON only: saved with the layout. */
export type ViewParams = { readonly tableId?: string };
export type ViewProps = { readonly viewId: string; readonly params: ViewParams };
export type ViewDefinition = {
  readonly kind: ViewKind;
  readonly icon: ComponentType<{ size?: number | string; stroke?: number | string }>;
  title(params: ViewParams): string;
  readonly component: ComponentType<ViewProps>;
  /** Where it opens first. */
  readonly place: 'center' | 'below' | 'right';
  /** Instances with the same key are the same tab. */
  key(params: ViewParams): string;
};

const definitions = new Map<ViewKind, ViewDefinition>();
export const registerView = (definition: ViewDefinition): void => void definitions.set(definition.kind, definition);
export const viewDefinition = (kind: ViewKind): ViewDefinition | undefined => definitions.get(kind);
export const viewDefinitions = (): ViewDefinition[] => [...definitions.values()];

type Opener = (kind: ViewKind, params: ViewParams, options: { beside: boolean }) => void;
let opener: Opener = () => undefined;
/** The dock puts itself here when it mounts. */
export const setViewOpener = (next: Opener): void => {
  opener = next;
};
export const openView = (kind: ViewKind, params: ViewParams = {}, options: { beside?: boolean } = {}): void =>
  opener(kind, params, { beside: options.beside ?? false });
