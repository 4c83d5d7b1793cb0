/** An engine of the product with a fresh case, in this process, as the command line runs it. */
import { mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { createEngine, type Engine } from '../../../main/engine/create-engine.ts';
import { systemClock } from '../../../main/shared/clock.ts';
import { benchDir } from './data.ts';

export type BenchCase = { engine: Engine; import(file: string): Promise<string>; close(): Promise<void> };

export const openBenchCase = async (): Promise<BenchCase> => {
  const home = mkdtempSync(path.join(benchDir, 'case-'));
  const engine = createEngine(
    { userDataDir: path.join(home, 'user'), casesDir: path.join(home, 'cases'), samplesDir: path.join(home, 'none'), homeDir: home, appVersion: 'bench' },
    { clock: systemClock },
  );
  await engine.handle('case.create', { name: 'bench' });
  let granted = 0;
  return {
    engine,
    async import(file) {
      const handle = `bench-${granted++}`;
      engine.grant(handle, file, 'read');
      const result = await engine.run('evidence.import', { files: [{ handle }] });
      const table = result.tables[0];
      if (table === undefined) throw new Error(`nothing imported: ${JSON.stringify(result.failed)}`);
      return table.tableId;
    },
    async close() {
      await engine.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
};
