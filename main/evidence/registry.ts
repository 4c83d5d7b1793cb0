/** Every importer there is, and which one a file belongs to. The only list of formats in the engine. */
import { csvImporter } from './importers/csv.ts';
import { jsonImporter, jsonLinesImporter } from './importers/json.ts';
import { parquetImporter } from './importers/parquet.ts';
import { pickleImporter } from './importers/pickle.ts';
import { textImporter } from './importers/text.ts';
import type { Head, Importer } from './importer.ts';
import type { Format } from './types.ts';

export const importers: readonly Importer[] = [parquetImporter, pickleImporter, jsonLinesImporter, jsonImporter, csvImporter, textImporter];

export const importerOf = (format: Format): Importer => {
  const found = importers.find((importer) => importer.format === format);
  if (found === undefined) throw new Error(`no importer for ${format}`);
  return found;
};

export const sniffFormat = (head: Head): { format: Format; confidence: number } | null => {
  let best: { format: Format; confidence: number } | null = null;
  for (const importer of importers) {
    const confidence = importer.sniff(head);
    if (confidence > (best?.confidence ?? 0)) best = { format: importer.format, confidence };
  }
  return best;
};
