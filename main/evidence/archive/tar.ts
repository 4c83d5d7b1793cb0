/** Entries of a tar, as they stream by. Links and devices are named, never made. Runs in the worker. */
import { createReadStream } from 'node:fs';
import * as tar from 'tar-stream';
import { CasebenchError } from '../../contract/index.ts';
import { store, type Context } from './store.ts';
import type { EachEntry } from './zip.ts';

export const eachTarEntry = async (path: string, archive: string, context: Context, visit: EachEntry): Promise<void> => {
  const extract = tar.extract();
  const input = createReadStream(path, { highWaterMark: 1 << 20 });
  input.on('data', (chunk) => context.tell(chunk.length));
  input.on('error', (error) => extract.destroy(error));
  input.pipe(extract);
  try {
    for await (const entry of extract) {
      const { name, type, size } = entry.header;
      if (type === 'directory') {
        entry.resume();
        continue;
      }
      let opened = false;
      await visit(name.replace(/^(\.\/)+/, ''), size ?? 0, async (label) => {
        if (type !== 'file' && type !== 'contiguous-file') throw new CasebenchError('import.refused', `${label} is a ${String(type).replace('-', ' ')}, not a file. It was left out.`);
        opened = true;
        // a tar is not compressed: its entries cost what they are
        return store(entry as never, label, () => Math.max(1, size ?? 1), context);
      });
      if (!opened || !entry.destroyed) entry.resume();
    }
  } catch (thrown) {
    if (thrown instanceof CasebenchError) throw thrown;
    throw new CasebenchError('import.malformed', `${archive} can't be unpacked: it is damaged or cut off. No table was added. Get a complete copy and import that.`, { detail: String(thrown) });
  } finally {
    input.destroy();
  }
};
