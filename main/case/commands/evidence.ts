/**
 * Evidence and its tables enter the catalogue; hiding takes them out of sight. Rows are never deleted and files never touched:
 * an import that was undone can be redone.
 */
import { z } from 'zod';
import { storedEvidence, storedTable } from '../stored.ts';
import { insertEvidence, insertTable } from '../catalogue-write.ts';
import { unchanged } from '../types.ts';
import { countOf, defineCommand, quoted, touchesTables } from './define.ts';

export const evidenceAdd = defineCommand({
  kind: 'evidence.add',
  payload: z.strictObject({ evidence: storedEvidence, tables: z.array(storedTable) }),
  label: ({ evidence, tables }) => `Import ${quoted(evidence.name)}${tables.length > 1 ? ` (${countOf(tables.length, 'table')})` : ''}`,
  touches: ({ tables }) => touchesTables(...tables.map((table) => table.id)),
  apply: (db, { evidence, tables }) => {
    // A redo: rows and files stayed, out of sight.
    const again = db.prepare('UPDATE evidence SET hidden = 0 WHERE id = ? AND hidden = 1').run(evidence.id).changes > 0;
    if (!again) insertEvidence(db, evidence);
    const show = db.prepare('UPDATE case_table SET hidden = 0 WHERE id = ?');
    for (const table of tables) {
      if (again) show.run(table.id);
      else insertTable(db, table);
    }
    return { kind: 'evidence.hide', payload: { evidenceId: evidence.id, tableIds: tables.map((table) => table.id), name: evidence.name } };
  },
});

/** Which rows are hidden or shown: only those that change, so that a table removed before stays removed after an undo. */
const visibility = z.strictObject({ evidenceId: z.string(), tableIds: z.array(z.string()), name: z.string() });

const setVisibility = (kind: string, otherKind: string, hidden: 0 | 1, verb: string) =>
  defineCommand({
    kind,
    payload: visibility,
    label: ({ name }) => `${verb} ${quoted(name)}`,
    touches: ({ tableIds }) => touchesTables(...tableIds),
    apply: (db, { evidenceId, tableIds, name }) => {
      const evidence = db.prepare('UPDATE evidence SET hidden = ? WHERE id = ? AND hidden <> ?').run(hidden, evidenceId, hidden).changes;
      const update = db.prepare('UPDATE case_table SET hidden = ? WHERE id = ? AND hidden <> ?');
      const changed = tableIds.filter((tableId) => update.run(hidden, tableId, hidden).changes > 0);
      if (evidence === 0 && changed.length === 0) return unchanged;
      return { kind: otherKind, payload: { evidenceId, tableIds: changed, name } };
    },
  });

export const evidenceHide = setVisibility('evidence.hide', 'evidence.show', 1, 'Remove');
export const evidenceShow = setVisibility('evidence.show', 'evidence.hide', 0, 'Bring back');
