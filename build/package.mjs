/**
 * `npm run package`: guards releases. A release carries the product's Electron; the development runtime is refused.
 * Owns: that refusal. Must not: download or substitute a runtime by itself.
 */
import { ensureDependencies } from './lib/dependencies.mjs';
import { ensureElectron } from './lib/electron-runtime.mjs';
import { productVersion } from './lib/product-electron.mjs';
import { SetupError, runMain } from './lib/say.mjs';

await runMain(async () => {
  await ensureDependencies();
  const electron = await ensureElectron({ retry: process.argv.includes('--retry-electron') });
  if (electron.isFallback) {
    throw new SetupError(
      `Electron ${electron.version} at ${electron.dist} is the development runtime: end of life, not for releases. ` +
        `Nothing was packaged. Package where Electron ${productVersion()} can be downloaded (--retry-electron tries again).`,
    );
  }
  throw new SetupError('Release packages are not produced by this version. Nothing was packaged.');
});
