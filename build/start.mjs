/**
 * `npm start`: from a fresh clone to an open window with one command.
 * Owns: the order of set-up, build and launch, and passing on the app's exit code.
 * Must not: know what the app does with its options.
 */
import { join } from 'node:path';
import { buildApp, forgetBuild } from './lib/app-build.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { isHarmless } from './lib/noise.mjs';
import { parseStart, startHelp } from './lib/options.mjs';
import { fromCaller, modulesFolder, pinnedNode, root } from './lib/paths.mjs';
import { handOver } from './lib/run.mjs';
import { prepareRuntime } from './lib/runtime.mjs';
import { SetupError, runMain, say } from './lib/say.mjs';

/** @param {string} line */
const keepLine = (line) => !isHarmless(line);

await runMain(async () => {
  const options = parseStart(process.argv.slice(2), fromCaller);
  if (options.help) {
    process.stdout.write(startHelp);
    return 0;
  }
  await ensureDependencies();
  const runtime = await prepareRuntime(options);
  try {
    if (options.dev) {
      forgetBuild();
      const cli = join(modulesFolder, 'electron-vite', 'bin', 'electron-vite.js');
      return await handOver(pinnedNode, [cli, 'dev', '--', ...options.appArgs], { cwd: root, env: runtime.env, keepLine });
    }
    const build = await buildApp(() => say('Building the app…'));
    if (!build.ok) throw new SetupError(`The app could not be built, so it was not opened.\n${build.output.trim()}`);
    if (runtime.virtualDisplay !== null && !options.appArgs.some((arg) => arg.startsWith('--screenshot='))) {
      say(`There is no display here: the window opens on a virtual one, ${runtime.virtualDisplay}.`);
    }
    const args = [...runtime.switches, root, ...options.appArgs];
    return await handOver(runtime.electron.executable, args, { env: runtime.env, keepLine });
  } finally {
    runtime.stop();
  }
});
