/**
 * Draws menus, popovers and tooltips of its children in the window a tab is in: a popped-out tab lives in another document than the
 * one Mantine's portals go to by themselves.
 */
import { MantineThemeProvider, useMantineTheme } from '@mantine/core';
import type { IDockviewPanelProps } from 'dockview-react';
import { useEffect, useMemo, useState, type ReactElement, type ReactNode } from 'react';

type PanelApi = IDockviewPanelProps['api'];

const windowOf = (location: PanelApi['location']): Window => (location.type === 'popout' ? location.getWindow() : window);

export const InWindowOf = ({ api, children }: { api: PanelApi; children: ReactNode }): ReactElement => {
  const [home, setHome] = useState<Window>(() => windowOf(api.location));
  useEffect(() => {
    setHome(windowOf(api.location));
    const subscription = api.onDidLocationChange(({ location }) => setHome(windowOf(location)));
    return () => subscription.dispose();
  }, [api]);
  const theme = useMantineTheme();
  const moved = useMemo(
    () => (home === window ? theme : { ...theme, components: { ...theme.components, Portal: { defaultProps: { target: home.document.body } } } }),
    [theme, home],
  );
  return (
    <MantineThemeProvider theme={moved} inherit={false}>
      {children}
    </MantineThemeProvider>
  );
};
