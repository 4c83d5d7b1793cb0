/** Any text, line by line: what remains when no format fits, or when the analyst asks for it. Every line is a row. */
import { join } from 'node:path';
import { planColumns } from '../build/plan.ts';
import { canonicalShape, csvRelation } from '../csv/relation.ts';
import type { Importer } from '../importer.ts';
import type { RawColumn } from '../types.ts';

const columns: RawColumn[] = [
  { name: 'line', base: 'text', samples: ['1'], role: null, declared: 'int' },
  { name: 'text', base: 'string', samples: [], role: null, declared: null },
];

export const textImporter: Importer = {
  format: 'text',
  // below every format that fits at all, above nothing
  sniff: (head) => (head.binary || head.bytes.length === 0 ? 0 : 0.2),
  read: async (context) => {
    const out = join(context.tempDir, 'lines.csv');
    const { encoding, longest } = await context.pool.call(
      'textLines',
      { path: context.path, name: context.name, options: context.options, out, ...(context.limitBytes === null ? {} : { limit: context.limitBytes }) },
      { signal: context.signal, onProgress: (bytes) => context.onProgress(bytes / Math.max(1, context.sizeBytes)) },
    );
    return [
      {
        part: '', name: null, rejects: null, confidence: 0.2,
        raw: { columns, relation: csvRelation(out, { ...canonicalShape, width: 2 }, { keepEmptyText: true, long: longest > 500_000 }), reads: [], warnings: [] },
        plan: planColumns(columns, { types: {}, dateOrder: null, nowUs: context.nowUs }),
        settings: { ...context.options, format: 'text', encoding },
        // nothing is ever set aside from lines of text
        locate: async () => out,
      },
    ];
  },
};
