/** Where the app's own files and the analyst's folders are. Owns these paths; must not create or read anything but the marker. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

export type PlaceFacts = {
  readonly appPath: string;
  readonly resourcesPath: string;
  readonly executable: string;
  readonly home: string;
  readonly packaged: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
};

export const findPlaces = ({ appPath, resourcesPath, executable, home, packaged, env }: PlaceFacts) => ({
  preload: join(appPath, 'out', 'preload', 'preload.cjs'),
  rendererDir: join(appPath, 'out', 'renderer'),
  engineEntry: join(appPath, 'out', 'main', 'engine.js'),
  samplesDir: packaged ? join(resourcesPath, 'samples') : join(appPath, 'resources', 'samples'),
  casesDir: (packaged ? undefined : env['CASEBENCH_CASES_DIR']) ?? join(home, 'Cases'),
  /** Plain Node for the engine where Electron's is too old; never in a package. */
  node: packaged ? null : (env['CASEBENCH_NODE'] ?? join(appPath, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')),
  /** The product's engine process, even where Electron's Node is too old for the databases: for tests of the transport. */
  forceUtility: !packaged && env['CASEBENCH_ENGINE'] === 'utility',
  /** The build's stand-in for the product's Electron leaves this file beside it. */
  developmentRuntime: existsSync(join(dirname(executable), 'casebench-fallback.json')),
  /** Development server of the page; never in a package. */
  devServer: packaged ? null : originOf(env['ELECTRON_RENDERER_URL']),
});
export type Places = ReturnType<typeof findPlaces>;

const originOf = (address: string | undefined): string | null => {
  try {
    return address === undefined ? null : new URL(address).origin;
  } catch {
    return null;
  }
};
