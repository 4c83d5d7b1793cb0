/**
 * The list of recent cases: `recent.json` in the settings folder. Owns the file; writes are atomic, a damaged file is set aside and
 * a fresh list begun. Must not open cases: it looks at folder and lock only.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { RecentCase } from '../contract/index.ts';
import type { Clock } from '../shared/clock.ts';
import { writeFileAtomic } from './files.ts';
import { displayFolder, layoutOf } from './layout.ts';
import { isLive, readLock } from './lock.ts';
import type { ProcessIdentity } from './process-identity.ts';

const entry = z.object({
  recentId: z.string().min(1).max(100),
  path: z.string().min(1),
  name: z.string(),
  openedUs: z.number().int(),
  sizeBytes: z.number().nullable(),
  integrity: z.enum(['verified', 'unverified', 'failed']),
});
const recentFile = z.object({ version: z.literal(1), cases: z.array(entry) });
type Entry = z.infer<typeof entry>;

const maxCases = 30;
const lookTimeoutMs = 1_500;

export type RecentCases = {
  /** Newest first. `openFolder`: the case that is open here, whose lock is our own. */
  list(openFolder: string | null): Promise<RecentCase[]>;
  pathOf(recentId: string): Promise<string | null>;
  remember(found: Omit<Entry, 'recentId'>): Promise<void>;
  /** The case lies elsewhere now. */
  moved(from: string, to: string): Promise<void>;
  forget(recentId: string): Promise<void>;
};

const idOf = (folder: string): string => createHash('sha256').update(folder).digest('hex').slice(0, 24);

export const createRecentCases = (deps: { userDataDir: string; homeDir: string; clock: Clock; processes: ProcessIdentity }): RecentCases => {
  const file = path.join(deps.userDataDir, 'recent.json');
  let turn: Promise<unknown> = Promise.resolve();
  /** One after the other: a list is read, changed and written as one step. */
  const alone = <T>(work: () => Promise<T>): Promise<T> => {
    const next = turn.then(work, work);
    turn = next.catch(() => undefined);
    return next;
  };

  const read = async (): Promise<Entry[]> => {
    let text: string;
    try {
      text = await readFile(file, 'utf8');
    } catch {
      return [];
    }
    try {
      return recentFile.parse(JSON.parse(text)).cases;
    } catch {
      // Where even that fails, the next write replaces it.
      await rename(file, `${file}.damaged-${deps.clock.nowUs()}`).catch(() => undefined);
      return [];
    }
  };
  const write = async (cases: readonly Entry[]): Promise<void> => {
    await mkdir(deps.userDataDir, { recursive: true });
    await writeFileAtomic(file, `${JSON.stringify({ version: 1, cases }, null, 2)}\n`);
  };
  const change = (edit: (cases: Entry[]) => Entry[]): Promise<void> => alone(async () => write(edit(await read()).slice(0, maxCases)));

  const stateOf = async (known: Entry, openFolder: string | null): Promise<RecentCase['state']> => {
    const there = await Promise.race([stat(known.path).then((found) => found.isDirectory(), () => false), timeout(lookTimeoutMs)]);
    if (!there) return 'unreachable';
    if (known.path === openFolder) return known.integrity;
    const lock = readLock(layoutOf(known.path).lock);
    return lock !== null && isLive(lock, deps.processes) ? 'locked' : known.integrity;
  };

  return {
    list: async (openFolder) => {
      const cases = await alone(read);
      return Promise.all(
        cases.map(async (known): Promise<RecentCase> => ({
          recentId: known.recentId,
          name: known.name,
          folder: displayFolder(known.path, deps.homeDir),
          sizeBytes: known.sizeBytes,
          openedUs: known.openedUs,
          state: await stateOf(known, openFolder),
        })),
      );
    },
    pathOf: async (recentId) => (await alone(read)).find((known) => known.recentId === recentId)?.path ?? null,
    remember: (found) => change((cases) => [{ ...found, recentId: idOf(found.path) }, ...cases.filter((known) => known.path !== found.path)].toSorted((a, b) => b.openedUs - a.openedUs)),
    moved: (from, to) => change((cases) => cases.filter((known) => known.path !== to).map((known) => (known.path === from ? { ...known, path: to, recentId: idOf(to) } : known))),
    forget: (recentId) => change((cases) => cases.filter((known) => known.recentId !== recentId)),
  };
};

/** False after a while: a network folder that doesn't answer counts as not there. */
const timeout = (ms: number): Promise<false> =>
  new Promise((resolve) => {
    setTimeout(() => resolve(false), ms).unref();
  });
