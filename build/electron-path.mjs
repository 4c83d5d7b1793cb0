/**
 * Prints the path of the Electron binary the app runs on, preparing it when needed.
 * Owns: nothing but that line on stdout (messages go to stderr).
 */
import { ensureDependencies } from './lib/dependencies.mjs';
import { ensureElectron } from './lib/electron-runtime.mjs';
import { runMain } from './lib/say.mjs';

await runMain(async () => {
  await ensureDependencies();
  const runtime = await ensureElectron({ retry: process.argv.includes('--retry-electron') });
  process.stdout.write(`${runtime.executable}\n`);
  return 0;
});
