/**
 * `npm run bench`: the set-up, then tests/bench on the pinned Node, with Electron and a display for cold starts.
 * Owns: that environment. Must not: measure anything itself.
 */
import { join } from 'node:path';
import { buildApp } from './lib/app-build.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { pinnedNode, root } from './lib/paths.mjs';
import { handOver } from './lib/run.mjs';
import { prepareRuntime } from './lib/runtime.mjs';
import { SetupError, runMain, say } from './lib/say.mjs';

await runMain(async () => {
  await ensureDependencies();
  const runtime = await prepareRuntime({ needsSandbox: false });
  try {
    const build = await buildApp(() => say('Building the app…'));
    if (!build.ok) throw new SetupError(`The app could not be built, so nothing was measured.\n${build.output.trim()}`);
    const script = join(root, 'tests', 'bench', 'index.ts');
    return await handOver(pinnedNode, [script, ...process.argv.slice(2)], { cwd: root, env: runtime.env });
  } finally {
    runtime.stop();
  }
});
