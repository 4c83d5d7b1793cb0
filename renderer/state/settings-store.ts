/** Settings of the analyst, kept by the engine; the theme in force follows the operating system when asked to. */
import { create } from 'zustand';
import { settings as settingsSchema, type EngineInput, type Settings } from '../../main/contract/index.ts';
import { engine } from '../engine/bridge.ts';

export type ThemeName = 'dark' | 'light' | 'hc';
type SettingsState = { settings: Settings; theme: ThemeName; loaded: boolean };

const system = (): ThemeName =>
  matchMedia('(prefers-contrast: more)').matches ? 'hc' : matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark';
const resolve = (s: Settings): ThemeName => (s.theme === 'system' ? system() : s.theme);

export const useSettings = create<SettingsState>(() => ({ settings: settingsSchema.parse({}), theme: 'dark', loaded: false }));

const apply = (settings: Settings): void => {
  const theme = resolve(settings);
  document.documentElement.dataset['theme'] = theme;
  document.documentElement.dataset['density'] = settings.density;
  document.documentElement.dataset['motion'] = settings.reducedMotion ? 'reduced' : 'full';
  useSettings.setState({ settings, theme, loaded: true });
};

/** `override`: the theme the command line asked for, not saved. */
export const loadSettings = async (override: ThemeName | null): Promise<void> => {
  const saved = await engine.call('settings.get', {});
  apply(override === null ? saved : { ...saved, theme: override });
  matchMedia('(prefers-color-scheme: light)').addEventListener('change', () => apply(useSettings.getState().settings));
};

export const changeSettings = async (patch: EngineInput<'settings.set'>): Promise<void> => {
  apply({ ...useSettings.getState().settings, ...patch });
  apply(await engine.call('settings.set', patch));
};
