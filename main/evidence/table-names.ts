/** What an imported table is called: the recognised schema or the file's name, cleaned and unique in the case. */

const maxLength = 120;
const endings = /\.(csv|tsv|psv|txt|log|json|jsonl|ndjson|parquet|pq|pkl|pickle|gz|bz2|xz|zst|zip|tar|tgz)$/i;

/** `2020-10-22/host logs.json.gz` → `host logs`. */
export const nameFromFile = (file: string): string => {
  let name = file.split(/[\\/]/).at(-1) ?? file;
  while (endings.test(name) && name.replace(endings, '') !== '') name = name.replace(endings, '');
  return cleanName(name);
};

/** Control characters become blanks, blanks are single, length is bounded. */
export const cleanName = (name: string): string => {
  const clean = name.replace(/[\p{Cc}\p{Cf}]+/gu, ' ').replace(/\s+/g, ' ').trim().slice(0, maxLength).trim();
  return clean === '' ? 'Table' : clean;
};

/** `SecurityEvent`, then `SecurityEvent 2`: names differ without regard to case. Adds the result to `taken`. */
export const uniqueName = (wanted: string, taken: Set<string>): string => {
  let name = wanted;
  for (let n = 2; taken.has(name.toLowerCase()); n += 1) name = `${wanted} ${n}`;
  taken.add(name.toLowerCase());
  return name;
};

/** For file names of the case: letters, digits, dot, dash and underscore only. */
export const fileSafe = (name: string): string => name.normalize('NFKD').replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[-.]+|[-.]+$/g, '').slice(0, 60) || 'table';
