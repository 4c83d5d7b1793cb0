/**
 * Every command a case database knows, by kind, and how a group of them is one step. Kinds are never renamed or removed: old logs hold them.
 */
import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { CasebenchError } from '../../contract/index.ts';
import type { ChangeKind, Command, CommandContext, Touched } from '../types.ts';
import { unchanged } from '../types.ts';
import { boardAdd, boardRemove, boardRename } from './board.ts';
import { caseCreate, caseRename, caseRestored } from './case.ts';
import type { AnyCommand } from './define.ts';
import { evidenceAdd, evidenceHide, evidenceShow } from './evidence.ts';
import { marksRestore, marksStar, marksTag } from './marks.ts';
import { noteAdd, noteEdit, noteRemove } from './notes.ts';
import { tableHide, tableRename, tableSetTimeColumn, tableShow } from './table.ts';

const all: readonly AnyCommand[] = [
  boardAdd,
  boardRemove,
  boardRename,
  caseCreate,
  caseRename,
  caseRestored,
  evidenceAdd,
  evidenceHide,
  evidenceShow,
  marksRestore,
  marksStar,
  marksTag,
  noteAdd,
  noteEdit,
  noteRemove,
  tableHide,
  tableRename,
  tableSetTimeColumn,
  tableShow,
];
const commandKinds: ReadonlyMap<string, AnyCommand> = new Map(all.map((command) => [command.kind, command]));

/** Several commands as one step; never nested. */
const groupKind = 'group';
const command = z.strictObject({ kind: z.string(), payload: z.unknown() });
const group = z.strictObject({ commands: z.array(command).min(1) });

/** A step as single commands. */
const commandsOf = (step: Command): Command[] => {
  if (step.kind !== groupKind) return [step];
  const parsed = group.safeParse(step.payload);
  if (!parsed.success) throw new CasebenchError('input.invalid', 'A group of changes can’t be read. Nothing was changed.', { detail: z.prettifyError(parsed.error) });
  return parsed.data.commands.map(({ kind, payload }) => ({ kind, payload }));
};
export const stepOf = (commands: readonly Command[]): Command =>
  commands.length === 1 && commands[0] !== undefined ? commands[0] : { kind: groupKind, payload: { commands } };

/** Throws `input.invalid`. */
export const parseCommand = (text: string): Command => {
  try {
    const { kind, payload } = command.parse(JSON.parse(text));
    return { kind, payload };
  } catch (cause) {
    throw new CasebenchError('input.invalid', 'An entry of the action log can’t be read. Nothing was changed. Verify the case.', { cause, detail: String(cause) });
  }
};

const handlerOf = (kind: string): AnyCommand => {
  const handler = commandKinds.get(kind);
  if (handler !== undefined) return handler;
  throw new CasebenchError('input.invalid', `This Casebench does not know the change “${kind}”. Nothing was changed.`);
};

export const labelOf = (step: Command): string => {
  const [firstOne, ...others] = commandsOf(step);
  if (firstOne === undefined) return '';
  const label = handlerOf(firstOne.kind).label(firstOne.payload);
  return others.length === 0 ? label : `${label} and ${others.length} more`;
};

export const touchedBy = (step: Command): Touched => {
  const kinds = new Set<ChangeKind>();
  const tableIds = new Set<string>();
  for (const { kind, payload } of commandsOf(step)) {
    const touched = handlerOf(kind).touches(payload);
    for (const each of touched.kinds) kinds.add(each);
    for (const each of touched.tableIds) tableIds.add(each);
  }
  return { kinds: [...kinds], tableIds: [...tableIds] };
};

/**
 * Carries out a step within the caller's transaction. Returns the step that takes it back; null when it can't be taken back;
 * `unchanged` when nothing had to be done.
 */
export const applyStep = (db: Database, step: Command, context: CommandContext): Command | null => {
  const inverses: Command[] = [];
  let final = false;
  for (const { kind, payload } of commandsOf(step)) {
    const inverse = handlerOf(kind).apply(db, payload, context);
    if (inverse === null) final = true;
    else if (inverse.kind !== unchanged.kind) inverses.unshift(inverse);
  }
  if (final) return null;
  return inverses.length === 0 ? unchanged : stepOf(inverses);
};
