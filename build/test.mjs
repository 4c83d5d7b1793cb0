/**
 * `npm test`: set-up, every check and test in order, one summary.
 * Owns: running the stages, the console while they run, the exit code. Must not: define stages (lib/stages.mjs does).
 */
import { buildApp } from './lib/app-build.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { parseTest, testHelp } from './lib/options.mjs';
import { prepareRuntime, toolEnvironment } from './lib/runtime.mjs';
import { runMain } from './lib/say.mjs';
import { chooseStages, stages } from './lib/stages.mjs';
import { seconds, stageLine, totals } from './lib/summary.mjs';

const shownSkips = 20;

/** @param {string} line */
const print = (line) => process.stdout.write(`${line}\n`);

await runMain(async () => {
  const startedMs = performance.now();
  const names = stages.map((stage) => stage.name);
  const options = parseTest(process.argv.slice(2), names);
  if (options.help) process.stdout.write(testHelp);
  if (options.list) print(names.join('\n'));
  if (options.help || options.list) return 0;

  await ensureDependencies();
  const chosen = chooseStages(stages, options);
  const needsApp = chosen.some((stage) => stage.needsApp);
  const runtime = needsApp ? await prepareRuntime({ ...options, needsSandbox: false, ownDisplay: true }) : null;
  const context = { env: runtime?.env ?? toolEnvironment(), filters: options.filters };
  /** @type {import('./lib/summary.mjs').StageResult[]} */
  const results = [];
  try {
    for (const stage of chosen) {
      const stageStartedMs = performance.now();
      // Cheap when the build stage has run: the stamp is current.
      const build = stage.needsApp ? await buildApp() : null;
      const outcome =
        build?.ok === false
          ? { passed: 0, failed: 1, skipped: 0, skippedNames: [], output: `Not run: the app could not be built.\n${build.output}` }
          : await stage.run(context);
      const result = { name: stage.name, ms: performance.now() - stageStartedMs, ...outcome };
      results.push(result);
      print(stageLine(result));
      if (result.failed > 0) print(`${result.output.trimEnd()}\n`);
    }
  } finally {
    runtime?.stop();
  }

  const skipped = results.flatMap((result) => result.skippedNames.map((name) => `${result.name}: ${name}`));
  if (skipped.length > 0) {
    print('\nSkipped:');
    for (const name of skipped.slice(0, shownSkips)) print(`  ${name}`);
    if (skipped.length > shownSkips) print(`  and ${skipped.length - shownSkips} more`);
  }
  const { line, ok } = totals(results);
  // What went wrong has torn the table apart; show it again in one piece.
  if (!ok) print(`\n${results.map(stageLine).join('\n')}`);
  print(`  total ${seconds(performance.now() - startedMs)}`);
  print(line);
  return ok ? 0 : 1;
});
