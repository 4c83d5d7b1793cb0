/**
 * `npm run build`: builds the app into out/ when its sources changed.
 * Owns: nothing beyond that. Must not: package; build/package.mjs does.
 */
import { buildApp } from './lib/app-build.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { SetupError, runMain, say } from './lib/say.mjs';

await runMain(async () => {
  await ensureDependencies();
  const build = await buildApp(() => say('Building the app…'));
  if (!build.ok) throw new SetupError(`The build failed.\n${build.output.trim()}`);
  if (!build.built) say('The build in out/ is up to date.');
  return 0;
});
