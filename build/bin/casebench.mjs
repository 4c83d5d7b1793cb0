#!/usr/bin/env node
/**
 * The `casebench` command: runs main/cli on the pinned Node, with the caller's arguments, streams and exit code.
 * Owns: finding that Node and passing everything through. Must not: parse arguments or install anything.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, pinnedNode, root } from '../lib/paths.mjs';
import { handOver } from '../lib/run.mjs';
import { SetupError, runMain } from '../lib/say.mjs';

await runMain(() => {
  if (!existsSync(pinnedNode)) {
    throw new SetupError(`The dependencies are not installed, so no command was run. Run npm ci in ${root} first.`);
  }
  // Compiled code is kept between calls: a command is short, and reading its sources is most of it.
  const env = { NODE_COMPILE_CACHE: join(cacheFolder(), 'compile'), ...process.env };
  return handOver(pinnedNode, [join(root, 'main', 'cli', 'index.ts'), ...process.argv.slice(2)], { env });
});
