/** The evidence tree as a flat list of visible nodes: folder → file → table, rejected rows beside their table, derived tables last. Pure. */
import type { CaseInfo, EvidenceInfo, TableInfo } from '../../main/contract/index.ts';
import { matchText } from '../commands/search.ts';

export type TreeNode =
  | { kind: 'folder'; id: string; depth: number; label: string; files: number; open: boolean; folder: string }
  | { kind: 'file'; id: string; depth: number; label: string; open: boolean; evidence: EvidenceInfo; tables: number }
  | { kind: 'table'; id: string; depth: number; label: string; table: TableInfo }
  | { kind: 'rejects'; id: string; depth: number; label: string; table: TableInfo }
  | { kind: 'derived'; id: string; depth: number; label: string; open: boolean };

const baseName = (folder: string): string => folder.split(/[\\/]/).filter((p) => p !== '').at(-1) ?? folder;

/** Rejects stand right behind the table they belong to. */
const withRejects = (tables: readonly TableInfo[], all: readonly TableInfo[]): TableInfo[] => {
  const owned = new Set(tables.map((t) => t.rejectsTableId));
  return tables.filter((t) => !owned.has(t.id)).flatMap((t) => [t, ...all.filter((r) => r.id === t.rejectsTableId)]);
};

const tableNode = (table: TableInfo, depth: number): TreeNode =>
  table.kind === 'rejects'
    ? { kind: 'rejects', id: `table:${table.id}`, depth, label: 'Rejected rows', table }
    : { kind: 'table', id: `table:${table.id}`, depth, label: table.name, table };

/** `closed` holds ids of nodes folded by hand. While searching nothing is folded and only what matches is listed. */
export const treeNodes = (info: CaseInfo, search: string, closed: ReadonlySet<string>): TreeNode[] => {
  const query = search.trim();
  const wanted = (t: TableInfo, file: string): boolean =>
    query === '' || matchText(query, t.name, `${file} ${t.entry}`) !== null || (t.kind === 'rejects' && matchText(query, 'Rejected rows', t.name) !== null);
  const open = (id: string): boolean => query !== '' || !closed.has(id);
  const out: TreeNode[] = [];
  const folders = Map.groupBy(info.evidence, (e) => e.folder);
  for (const [folder, files] of folders) {
    const inFolder = files.map((file) => ({
      file,
      tables: withRejects(info.tables.filter((t) => t.evidenceId === file.id), info.tables).filter((t) => wanted(t, file.name)),
    }));
    const shown = query === '' ? inFolder : inFolder.filter((f) => f.tables.length > 0);
    if (shown.length === 0) continue;
    const folderId = `folder:${folder}`;
    out.push({ kind: 'folder', id: folderId, depth: 0, label: baseName(folder), files: files.length, open: open(folderId), folder });
    if (!open(folderId)) continue;
    for (const { file, tables } of shown) {
      const fileId = `file:${file.id}`;
      out.push({ kind: 'file', id: fileId, depth: 1, label: file.name, open: open(fileId), evidence: file, tables: tables.length });
      if (open(fileId)) out.push(...tables.map((t) => tableNode(t, 2)));
    }
  }
  const derived = info.tables.filter((t) => t.evidenceId === null && t.kind !== 'rejects' && wanted(t, ''));
  if (derived.length > 0) {
    out.push({ kind: 'derived', id: 'derived', depth: 0, label: 'Derived', open: open('derived') });
    if (open('derived')) out.push(...withRejects(derived, info.tables).map((t) => tableNode(t, 1)));
  }
  return out;
};

export const isParent = (node: TreeNode): node is Extract<TreeNode, { open: boolean }> => 'open' in node;

/** Where a node hangs, for the left arrow. */
export const parentIndex = (nodes: readonly TreeNode[], at: number): number => {
  const depth = nodes[at]?.depth ?? 0;
  for (let i = at - 1; i >= 0; i--) if ((nodes[i]?.depth ?? 0) < depth) return i;
  return -1;
};
