/**
 * What stands inside a tab: the view, kept from failing its neighbours, with its menus and popovers drawn in the window the tab is in
 * (a popped-out tab lives in another document).
 */
import { MantineThemeProvider, useMantineTheme } from '@mantine/core';
import type { IDockviewPanelProps } from 'dockview-react';
import { useEffect, useMemo, useState, type ReactElement } from 'react';
import { ErrorBoundary } from '../ui/error-boundary.tsx';
import { panelParamsOf } from './layout-json.ts';
import { viewDefinition, type ViewKind } from './view-registry.ts';

export const ViewHost = ({ api, params }: IDockviewPanelProps): ReactElement => {
  const [home, setHome] = useState<Window>(() => windowOf(api.location));
  useEffect(() => {
    const subscription = api.onDidLocationChange(({ location }) => setHome(windowOf(location)));
    return () => subscription.dispose();
  }, [api]);
  const theme = useMantineTheme();
  const moved = useMemo(
    () => (home === window ? theme : { ...theme, components: { ...theme.components, Portal: { defaultProps: { target: home.document.body } } } }),
    [theme, home],
  );
  const view = panelParamsOf({ params });
  const definition = view === null ? undefined : viewDefinition(view.kind as ViewKind);
  if (view === null || definition === undefined) return <div className="cb-empty">This view is not part of this version of Casebench. Close this tab.</div>;
  const View = definition.component;
  return (
    <MantineThemeProvider theme={moved} inherit={false}>
      <section className="cb-view" aria-label={definition.title(view.params)} data-view={view.kind}>
        <ErrorBoundary what={definition.title(view.params)}>
          <View viewId={api.id} params={view.params} />
        </ErrorBoundary>
      </section>
    </MantineThemeProvider>
  );
};

type Location = IDockviewPanelProps['api']['location'];
const windowOf = (location: Location): Window => (location.type === 'popout' ? location.getWindow() : window);
