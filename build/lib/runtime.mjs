/**
 * Everything the app or a test needs around it, ready to use: Electron, system libraries, a display, the environment.
 * Owns: putting those together. Must not: start the app.
 */
import { startVirtualDisplay, needsDisplay } from './display.mjs';
import { ensureElectron } from './electron-runtime.mjs';
import { pinnedNode, withTools } from './paths.mjs';
import { canUseNamespaces, decideSandbox, hasSandboxHelper, sandboxHelp } from './sandbox.mjs';
import { SetupError } from './say.mjs';
import { ensureSystem, isOnPath, isRoot } from './system-setup.mjs';

/**
 * The environment without Electron: the pinned Node first on PATH, and its path for the engine process.
 * @returns {NodeJS.ProcessEnv}
 */
export function toolEnvironment(env = process.env) {
  return { ...env, PATH: withTools(env['PATH']), CASEBENCH_NODE: pinnedNode };
}

/**
 * @typedef {object} PreparedRuntime
 * @property {import('./electron-runtime.mjs').ElectronRuntime} electron
 * @property {string[]} switches what the Electron binary gets before the app's folder
 * @property {NodeJS.ProcessEnv} env
 * @property {string | null} virtualDisplay its name, when there is no other
 * @property {() => void} stop ends the virtual display, if one was started
 */

/**
 * @param {{ retryElectron?: boolean, noSandbox?: boolean, needsSandbox?: boolean, ownDisplay?: boolean }} options
 *   needsSandbox: fail when the sandbox can't be used (default); tests run without it instead
 *   ownDisplay: rather use a virtual display than the person's, so that tests don't open windows in front of them
 * @returns {Promise<PreparedRuntime>}
 */
export async function prepareRuntime(options = {}) {
  const electron = await ensureElectron({ retry: options.retryElectron ?? false });
  const isLinux = process.platform === 'linux';
  const isHeadless = needsDisplay() || (isLinux && options.ownDisplay === true && isOnPath('Xvfb'));
  await ensureSystem(electron.executable, isHeadless ? ['Xvfb'] : []);
  const sandbox = decideSandbox({
    platform: process.platform,
    isRoot,
    isRefused: options.noSandbox ?? false,
    hasNamespaces: canUseNamespaces(),
    hasHelper: hasSandboxHelper(electron.dist),
  });
  if (sandbox === 'impossible' && (options.needsSandbox ?? true)) throw new SetupError(sandboxHelp(electron.dist));
  const display = isHeadless ? await startVirtualDisplay() : null;
  /** @type {NodeJS.ProcessEnv} */
  const env = {
    ...toolEnvironment(),
    ...display?.env,
    CASEBENCH_ELECTRON: electron.executable,
    ELECTRON_OVERRIDE_DIST_PATH: electron.dist,
    ELECTRON_EXEC_PATH: electron.executable,
  };
  delete env['ELECTRON_RUN_AS_NODE'];
  if (display) delete env['WAYLAND_DISPLAY'];
  const switches = [];
  // Electron before 38 takes X11 for granted.
  if (isLinux && env['WAYLAND_DISPLAY'] && !env['DISPLAY']) switches.push('--ozone-platform=wayland');
  if (sandbox !== 'on') {
    switches.push('--no-sandbox');
    env['NO_SANDBOX'] = '1';
    env['ELECTRON_DISABLE_SANDBOX'] = '1';
  }
  return { electron, switches, env, virtualDisplay: display?.env.DISPLAY ?? null, stop: display?.stop ?? (() => {}) };
}
