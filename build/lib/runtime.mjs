/**
 * Everything the app or a test needs around it, ready to use: Electron, system libraries, a display, the environment.
 * Owns: putting those together. Must not: start the app.
 */
import { startVirtualDisplay, needsDisplay } from './display.mjs';
import { ensureElectron } from './electron-runtime.mjs';
import { pinnedNode, withTools } from './paths.mjs';
import { canUseNamespaces, decideSandbox, hasSandboxHelper, sandboxHelp } from './sandbox.mjs';
import { SetupError } from './say.mjs';
import { ensureSystem, isRoot } from './system-setup.mjs';

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
 * @param {{ retryElectron?: boolean, noSandbox?: boolean, needsSandbox?: boolean }} options
 *   needsSandbox: fail when the sandbox can't be used (default); tests run without it instead
 * @returns {Promise<PreparedRuntime>}
 */
export async function prepareRuntime(options = {}) {
  const electron = await ensureElectron({ retry: options.retryElectron ?? false });
  const isHeadless = needsDisplay();
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
  const switches = [];
  if (sandbox !== 'on') {
    switches.push('--no-sandbox');
    env['NO_SANDBOX'] = '1';
    env['ELECTRON_DISABLE_SANDBOX'] = '1';
  }
  return { electron, switches, env, virtualDisplay: display?.env.DISPLAY ?? null, stop: display?.stop ?? (() => {}) };
}
