/** Providers around the frame: Mantine in the theme of the settings. */
import { MantineProvider } from '@mantine/core';
import type { ReactElement } from 'react';
import { useSettings } from '../state/settings-store.ts';
import { mantineTheme, mantineVariables } from '../theme/mantine-theme.ts';
import { ErrorBoundary } from '../ui/error-boundary.tsx';
import { Frame } from './frame.tsx';

export const App = (): ReactElement => {
  const theme = useSettings((s) => s.theme);
  return (
    <MantineProvider theme={mantineTheme} cssVariablesResolver={mantineVariables} forceColorScheme={theme === 'light' ? 'light' : 'dark'}>
      <ErrorBoundary what="The window">
        <Frame />
      </ErrorBoundary>
    </MantineProvider>
  );
};
