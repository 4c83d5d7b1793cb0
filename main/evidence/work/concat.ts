/** Small files of JSON lines put one after the other. */
import { appendFile, copyFile, readFile } from 'node:fs/promises';

export const concatFiles = async (paths: readonly string[], out: string): Promise<string> => {
  const [first, ...others] = paths;
  if (first === undefined) return out;
  await copyFile(first, out);
  for (const path of others) await appendFile(out, await readFile(path));
  return out;
};
