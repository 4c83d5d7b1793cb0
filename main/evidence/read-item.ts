/** One readable thing, a file or an archive entry: asks which format it is and has its importer describe the tables in it. */
import { CasebenchError, type ImportOptions } from '../contract/index.ts';
import { isZone } from '../shared/time.ts';
import { emptyFile, unsupportedFile } from './failures.ts';
import type { ReadContext, ReadTable } from './importer.ts';
import { importerOf } from './registry.ts';
import type { Format } from './types.ts';

export type ReadItem = { format: Format; confidence: number; tables: ReadTable[] };

/** Zone of times written without one. */
export const zoneOf = (options: ImportOptions): string => {
  const zone = options.zone ?? 'UTC';
  if (!isZone(zone)) throw new CasebenchError('input.invalid', `"${zone}" is not a time zone. Nothing was imported. Choose a zone such as UTC or Europe/Paris.`);
  return zone;
};

export const readItem = async (context: ReadContext): Promise<ReadItem> => {
  if (context.sizeBytes === 0) throw emptyFile(context.label);
  const inspected = await context.pool.call('inspect', { path: context.path, name: context.name, options: context.options }, { signal: context.signal });
  if (inspected.format === null) throw unsupportedFile(context.label, inspected.foreign);
  const tables = await importerOf(inspected.format).read(context);
  return { format: inspected.format, confidence: inspected.confidence, tables };
};
