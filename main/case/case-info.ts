/**
 * What everybody may know of an open case, put together from cached parts so that it can be sent at every change: the catalogue is
 * read again only after it changed. Must not write.
 */
import type { Database } from 'better-sqlite3';
import type { BoardItem, CaseInfo, EvidenceInfo, TableInfo } from '../contract/index.ts';
import { readBoard, readEvidence, readTables } from './catalogue.ts';
import type { Read, SetAside } from './catalogue.ts';
import { nextLabels } from './history.ts';
import { storedHead } from './log.ts';
import { readMeta } from './meta.ts';
import type { ChangeKind, StoredEvidence, StoredTable } from './types.ts';

export type CaseFacts = {
  readonly folderShown: string;
  readonly readOnlyReason: string | null;
  readonly readOnly: boolean;
  readonly restored: CaseInfo['restored'];
};

const tableInfoOf = ({ file: _file, columns, ...table }: StoredTable): TableInfo => ({
  ...table,
  columns: columns.map(({ physical: _physical, originalPhysical: _original, ...column }) => column),
});
const evidenceInfoOf = ({ originalPath: _path, copyPath: _copy, optionsJson: _options, ...evidence }: StoredEvidence): EvidenceInfo => evidence;

const lazy = <T>(read: () => T): { get(): T; drop(): void } => {
  let value: { is: T } | null = null;
  return {
    get: () => (value ??= { is: read() }).is,
    drop: () => {
      value = null;
    },
  };
};

export type InfoCache = {
  tables(): StoredTable[];
  evidence(): StoredEvidence[];
  info(): CaseInfo;
  changed(kinds: Iterable<ChangeKind>): void;
};

export const createInfoCache = (db: Database, facts: CaseFacts): InfoCache => {
  const tables = lazy((): Read<StoredTable> & { infos: TableInfo[]; byData: number | null } => {
    const read = readTables(db);
    const times = read.items.flatMap((table) => (table.toUs === null ? [] : [table.toUs]));
    return { ...read, infos: read.items.map(tableInfoOf), byData: times.length === 0 ? null : times.reduce((a, b) => Math.max(a, b)) };
  });
  const evidence = lazy((): Read<StoredEvidence> & { infos: EvidenceInfo[] } => {
    const read = readEvidence(db);
    return { ...read, infos: read.items.map(evidenceInfoOf) };
  });
  const board = lazy((): Read<BoardItem> => readBoard(db));
  const step = lazy(() => ({ revision: storedHead(db).seq, ...nextLabels(db) }));
  const identity = lazy(() => ({
    caseId: readMeta(db, 'case_id') ?? '',
    name: readMeta(db, 'name') ?? '',
    createdUs: Number(readMeta(db, 'created_us') ?? 0),
  }));

  const setAside = (): SetAside[] => [...tables.get().setAside, ...evidence.get().setAside, ...board.get().setAside];

  return {
    tables: () => tables.get().items,
    evidence: () => evidence.get().items,
    info: () => ({
      ...identity.get(),
      ...step.get(),
      folder: facts.folderShown,
      readOnly: facts.readOnly,
      readOnlyReason: facts.readOnlyReason,
      restored: facts.restored,
      tables: tables.get().infos,
      evidence: evidence.get().infos,
      board: board.get().items,
      dataToUs: tables.get().byData,
      ...(setAside().length === 0 ? {} : { setAside: setAside() }),
    }),
    changed: (kinds) => {
      step.drop();
      for (const kind of kinds) {
        if (kind === 'tables') {
          tables.drop();
          evidence.drop();
        } else if (kind === 'board') board.drop();
        else if (kind === 'case') identity.drop();
      }
    },
  };
};
