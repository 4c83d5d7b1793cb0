/** Schemas of what the catalogue keeps, checked when it is written and when it is read back. Must agree with types.ts (asserted below). */
import { z } from 'zod';
import { columnInfo, columnName, evidenceInfo, tableInfo } from '../contract/index.ts';
import type { StoredColumn, StoredEvidence, StoredTable } from './types.ts';

export const storedColumn = columnInfo.extend({ physical: z.string().min(1), originalPhysical: z.string().min(1).nullable() });

export const storedTable = tableInfo.omit({ columns: true }).extend({
  name: z.string().min(1),
  file: z.string().min(1),
  columns: z.array(storedColumn),
  timeColumn: columnName.nullable(),
});

export const storedEvidence = evidenceInfo.extend({
  originalPath: z.string(),
  copyPath: z.string().min(1).nullable(),
  optionsJson: z.string(),
});

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;
const agreed: [Same<z.infer<typeof storedColumn>, StoredColumn>, Same<z.infer<typeof storedTable>, StoredTable>, Same<z.infer<typeof storedEvidence>, StoredEvidence>] = [true, true, true];
void agreed;
