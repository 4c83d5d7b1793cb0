/** Names inside archives are labels, never paths to write to; hostile ones still say what kind of archive this is. */

/** Why an entry's name is not one an honest archive has; null when it is fine. */
export const nameProblem = (name: string): string | null => {
  if (name.includes('\0')) return 'has a NUL in its name';
  if (/^[/\\]/.test(name) || /^[A-Za-z]:/.test(name)) return 'has an absolute path';
  if (name.split(/[/\\]/).includes('..')) return 'points outside the archive with ".."';
  if (name.length > 4_096) return 'has a name longer than 4,096 characters';
  return null;
};

/** What systems add on their own: resource forks, folder settings. */
export const isLitter = (name: string): boolean => /(^|\/)(__MACOSX\/|\._|\.DS_Store$|Thumbs\.db$|desktop\.ini$)/i.test(name);

const endings: Record<string, RegExp> = { gzip: /\.(gz|gzip|z)$/i, bzip2: /\.bz2?$/i, xz: /\.xz$/i, zstd: /\.zst(d)?$/i };

/** `events.json.gz` → `events.json`; `logs.tgz` → `logs.tar`. */
export const innerName = (name: string, kind: string): string => {
  if (/\.(tgz|tbz2?|txz|tzst)$/i.test(name)) return name.replace(/\.[^.]+$/, '.tar');
  const ending = endings[kind];
  return ending === undefined ? name : name.replace(ending, '') || name;
};
