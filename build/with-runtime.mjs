/**
 * Runs any command with everything the app's tests need: dependencies, pinned Node, Electron, a display.
 *   node build/with-runtime.mjs vitest run --project e2e
 * Owns: nothing beyond that. Must not: build the app; `npm run build` does.
 */
import { ensureDependencies } from './lib/dependencies.mjs';
import { handOver } from './lib/run.mjs';
import { prepareRuntime } from './lib/runtime.mjs';
import { SetupError, runMain } from './lib/say.mjs';

await runMain(async () => {
  const [command, ...args] = process.argv.slice(2);
  if (!command) throw new SetupError('Usage: node build/with-runtime.mjs <command> [arguments]', 2);
  await ensureDependencies();
  const runtime = await prepareRuntime({ needsSandbox: false });
  try {
    return await handOver(command, args, { env: runtime.env });
  } finally {
    runtime.stop();
  }
});
