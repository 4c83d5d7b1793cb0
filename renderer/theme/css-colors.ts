/** Token values for canvas drawing, read from the document once per theme. */
const cache = new Map<string, string>();
let cachedTheme = '';

/** `name` without the dashes, e.g. `c1`, `grid-line`. */
export const cssColor = (name: string): string => {
  const theme = document.documentElement.dataset['theme'] ?? 'dark';
  if (theme !== cachedTheme) {
    cache.clear();
    cachedTheme = theme;
  }
  const known = cache.get(name);
  if (known !== undefined) return known;
  const value = getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  cache.set(name, value);
  return value;
};
