/** What stands inside a tab: the view, kept from failing its neighbours, at home in the window the tab is in. */
import type { IDockviewPanelProps } from 'dockview-react';
import type { ReactElement } from 'react';
import { ErrorBoundary } from '../ui/error-boundary.tsx';
import { InWindowOf } from './in-window-of.tsx';
import { panelParamsOf } from './layout-json.ts';
import { viewDefinition, type ViewKind } from './view-registry.ts';

export const ViewHost = ({ api, params }: IDockviewPanelProps): ReactElement => {
  const view = panelParamsOf({ params });
  const definition = view === null ? undefined : viewDefinition(view.kind as ViewKind);
  if (view === null || definition === undefined) return <div className="cb-empty">This view is not part of this version of Casebench. Close this tab.</div>;
  const View = definition.component;
  return (
    <InWindowOf api={api}>
      <div className="cb-view" data-view={view.kind}>
        <ErrorBoundary what={definition.title(view.params)}>
          <View viewId={api.id} params={view.params} />
        </ErrorBoundary>
      </div>
    </InWindowOf>
  );
};
