/**
 * The command line of the desktop app. Owns parsing and checking; must not act on anything. Chromium's own switches pass by
 * unread. In unpackaged runs `CASEBENCH_ARGS` (a JSON array) adds arguments, for launchers that clean the command line.
 */
import { resolve } from 'node:path';

export type ThemeName = 'dark' | 'light' | 'hc';
export type LaunchOptions = {
  readonly caseDir: string | null;
  readonly demo: boolean;
  /** Where the picture goes. */
  readonly screenshot: string | null;
  readonly theme: ThemeName | null;
  /** Size of the window's content in pixels. */
  readonly window: { width: number; height: number } | null;
  readonly userDataDir: string | null;
};

export type Launch = {
  /** Without the program and, in development, the app's folder: switches are found anywhere. */
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly packaged: boolean;
  readonly cwd: string;
};

const valued = new Set(['case', 'screenshot', 'theme', 'window', 'user-data-dir']);
const themes: readonly string[] = ['dark', 'light', 'hc'];

/** Thrown for a command line that can't be followed; the message is for the console. */
export class LaunchError extends Error {}

const refuse = (problem: string): never => {
  throw new LaunchError(`${problem} Casebench was not started.`);
};

const readWords = (words: readonly string[]): Map<string, string> => {
  const found = new Map<string, string>();
  for (let i = 0; i < words.length; i++) {
    const match = /^--([a-z-]+)(?:=(.*))?$/s.exec(words[i] ?? '');
    const name = match?.[1];
    if (name === 'demo') found.set(name, '');
    if (name === undefined || !valued.has(name)) continue;
    const next = words[i + 1];
    const value = match?.[2] ?? (next === undefined || next.startsWith('--') ? '' : (i++, next));
    if (value === '') refuse(`--${name} needs a value.`);
    found.set(name, value);
  }
  return found;
};

const extraWords = (text: string | undefined): string[] => {
  if (text === undefined || text === '') return [];
  try {
    const words: unknown = JSON.parse(text);
    if (Array.isArray(words) && words.every((word) => typeof word === 'string')) return words;
  } catch {
    // told below
  }
  return refuse('CASEBENCH_ARGS is not a JSON array of texts.');
};

const readSize = (text: string | undefined): LaunchOptions['window'] => {
  if (text === undefined) return null;
  const match = /^([1-9]\d{2,3})x([1-9]\d{2,3})$/.exec(text);
  return match ? { width: Number(match[1]), height: Number(match[2]) } : refuse(`--window is ${text}, not WIDTHxHEIGHT.`);
};

const readTheme = (text: string | undefined): ThemeName | null => {
  if (text === undefined) return null;
  return themes.includes(text) ? (text as ThemeName) : refuse(`--theme is ${text}, not dark, light or hc.`);
};

export const parseLaunch = ({ argv, env, packaged, cwd }: Launch): LaunchOptions => {
  const words = readWords([...argv, ...(packaged ? [] : extraWords(env['CASEBENCH_ARGS']))]);
  const path = (name: string): string | null => {
    const value = words.get(name);
    return value === undefined ? null : resolve(cwd, value);
  };
  const options: LaunchOptions = {
    caseDir: path('case'),
    demo: words.has('demo'),
    screenshot: path('screenshot'),
    theme: readTheme(words.get('theme')),
    window: readSize(words.get('window')),
    userDataDir: path('user-data-dir') ?? (packaged ? null : (env['CASEBENCH_USER_DATA'] ?? null)),
  };
  if (options.caseDir !== null && options.demo) refuse('--case and --demo exclude each other.');
  return options;
};
