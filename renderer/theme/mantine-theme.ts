/**
 * Mantine told to read the design tokens. Owns its theme object and the variables that stand for its colours; holds no colour values:
 * a theme switch changes the CSS variables underneath and nothing here.
 */
import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

const shades = (...names: string[]): MantineColorsTuple => names.map((n) => `var(--${n})`) as unknown as MantineColorsTuple;
const dark = shades('text-1', 'text-2', 'text-3', 'text-3', 'line-2', 'bg-3', 'bg-2', 'bg-1', 'bg-0', 'bg-0');
const gray = shades('bg-2', 'bg-3', 'line-1', 'line-2', 'line-2', 'text-3', 'text-3', 'text-2', 'text-1', 'text-1');

export const mantineTheme = createTheme({
  fontFamily: 'var(--font-ui)',
  fontFamilyMonospace: 'var(--font-mono)',
  fontSizes: { xs: '12px', sm: '12px', md: '13px', lg: '15px', xl: '18px' },
  lineHeights: { xs: '16px', sm: '16px', md: '20px', lg: '20px', xl: '24px' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '3px', sm: '4px', md: '6px', lg: '8px', xl: '12px' },
  defaultRadius: 'md',
  cursorType: 'default',
  focusRing: 'never',
  respectReducedMotion: true,
  components: {
    Menu: { defaultProps: { transitionProps: { transition: 'fade', duration: 0 }, offset: 4, trapFocus: true, loop: true } },
    Popover: { defaultProps: { transitionProps: { transition: 'fade', duration: 0 }, offset: 4 } },
    Modal: { defaultProps: { transitionProps: { duration: 0 }, centered: true, padding: 0, closeButtonProps: { 'aria-label': 'Close' } } },
    Tooltip: { defaultProps: { openDelay: 400, transitionProps: { duration: 0 }, withinPortal: true } },
    Select: { defaultProps: { size: 'xs', checkIconPosition: 'right', allowDeselect: false, comboboxProps: { transitionProps: { duration: 0 }, offset: 4 } } },
  },
});

const scheme = (): Record<string, string> => ({
  '--mantine-color-body': 'var(--bg-1)',
  '--mantine-color-text': 'var(--text-1)',
  '--mantine-color-dimmed': 'var(--text-3)',
  '--mantine-color-placeholder': 'var(--text-3)',
  '--mantine-color-anchor': 'var(--accent)',
  '--mantine-color-error': 'var(--err)',
  '--mantine-color-default': 'var(--bg-2)',
  '--mantine-color-default-hover': 'var(--bg-3)',
  '--mantine-color-default-color': 'var(--text-1)',
  '--mantine-color-default-border': 'var(--line-2)',
  '--mantine-color-white': 'var(--bg-1)',
  '--mantine-color-black': 'var(--text-1)',
  '--mantine-color-disabled': 'var(--bg-2)',
  '--mantine-color-disabled-color': 'var(--text-3)',
  '--mantine-primary-color-filled': 'var(--accent-fill)',
  '--mantine-primary-color-filled-hover': 'var(--accent-fill)',
  '--mantine-primary-color-light': 'var(--accent-bg)',
  '--mantine-primary-color-light-hover': 'var(--accent-bg-2)',
  '--mantine-primary-color-light-color': 'var(--accent)',
  '--mantine-primary-color-contrast': 'var(--accent-on)',
  ...Object.fromEntries(dark.map((v, i) => [`--mantine-color-dark-${i}`, v])),
  ...Object.fromEntries(gray.map((v, i) => [`--mantine-color-gray-${i}`, v])),
});

export const mantineVariables: CSSVariablesResolver = () => ({
  variables: { '--input-height-xs': '28px', '--mantine-scale': '1' },
  dark: scheme(),
  light: scheme(),
});
