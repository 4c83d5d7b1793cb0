/**
 * `npm run bench`: the set-up, then tests/bench on the pinned Node; for cold starts also Electron, a display and the app.
 * Owns: that environment. Must not: measure anything itself.
 */
import { join } from 'node:path';
import { buildApp } from './lib/app-build.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { pinnedNode, root } from './lib/paths.mjs';
import { handOver } from './lib/run.mjs';
import { prepareRuntime, toolEnvironment } from './lib/runtime.mjs';
import { SetupError, runMain, say } from './lib/say.mjs';

/** The suite that opens windows; with `--only` and without its name no Electron is needed. */
const appSuite = 'start';

/** @param {string[]} argv */
function needsApp(argv) {
  const at = argv.findIndex((word) => word === '--only' || word.startsWith('--only='));
  if (at < 0) return true;
  const list = argv[at] === '--only' ? argv[at + 1] : argv[at]?.slice('--only='.length);
  return (list ?? '').split(',').includes(appSuite);
}

await runMain(async () => {
  const argv = process.argv.slice(2);
  await ensureDependencies();
  const runtime = needsApp(argv) ? await prepareRuntime({ needsSandbox: false }) : null;
  try {
    const build = runtime ? await buildApp(() => say('Building the app…')) : null;
    if (build?.ok === false) {
      throw new SetupError(`The app could not be built, so nothing was measured.\n${build.output.trim()}`);
    }
    const script = join(root, 'tests', 'bench', 'index.ts');
    return await handOver(pinnedNode, [script, ...argv], { cwd: root, env: runtime?.env ?? toolEnvironment() });
  } finally {
    runtime?.stop();
  }
});
