/**
 * Which system packages a Linux machine lacks to run Electron, and the line that installs them.
 * Owns: reading ldd's answer, naming packages per distribution. Must not: run anything (system-setup.mjs does).
 */

/**
 * Shared libraries Electron links to that Debian and Ubuntu don't always have, with the packages that bring them.
 * Where a library was renamed for 64-bit time, the newer name stands first.
 * @type {Record<string, string[]>}
 */
const debianPackages = {
  'libasound.so.2': ['libasound2t64', 'libasound2'],
  'libatk-1.0.so.0': ['libatk1.0-0t64', 'libatk1.0-0'],
  'libatk-bridge-2.0.so.0': ['libatk-bridge2.0-0t64', 'libatk-bridge2.0-0'],
  'libatspi.so.0': ['libatspi2.0-0t64', 'libatspi2.0-0'],
  'libcairo.so.2': ['libcairo2'],
  'libcups.so.2': ['libcups2t64', 'libcups2'],
  'libdbus-1.so.3': ['libdbus-1-3'],
  'libdrm.so.2': ['libdrm2'],
  'libexpat.so.1': ['libexpat1'],
  'libgbm.so.1': ['libgbm1'],
  'libgio-2.0.so.0': ['libglib2.0-0t64', 'libglib2.0-0'],
  'libglib-2.0.so.0': ['libglib2.0-0t64', 'libglib2.0-0'],
  'libgobject-2.0.so.0': ['libglib2.0-0t64', 'libglib2.0-0'],
  'libgtk-3.so.0': ['libgtk-3-0t64', 'libgtk-3-0'],
  'libnspr4.so': ['libnspr4'],
  'libnss3.so': ['libnss3'],
  'libnssutil3.so': ['libnss3'],
  'libpango-1.0.so.0': ['libpango-1.0-0'],
  'libsmime3.so': ['libnss3'],
  'libudev.so.1': ['libudev1'],
  'libX11.so.6': ['libx11-6'],
  'libxcb.so.1': ['libxcb1'],
  'libXcomposite.so.1': ['libxcomposite1'],
  'libXdamage.so.1': ['libxdamage1'],
  'libXext.so.6': ['libxext6'],
  'libXfixes.so.3': ['libxfixes3'],
  'libxkbcommon.so.0': ['libxkbcommon0'],
  'libXrandr.so.2': ['libxrandr2'],
};

/** @type {Record<string, Record<string, string>>} tool → family → package */
const toolPackages = {
  Xvfb: { debian: 'xvfb', fedora: 'xorg-x11-server-Xvfb', suse: 'xorg-x11-server-Xvfb', arch: 'xorg-server-xvfb' },
};
const archLibraries = ['alsa-lib', 'at-spi2-core', 'cairo', 'gtk3', 'libcups', 'libxkbcommon', 'mesa', 'nss', 'pango'];

/**
 * The libraries `ldd` could not find, without repeats.
 * @param {string} output of `ldd <binary>`
 */
export function missingLibraries(output) {
  const names = [...output.matchAll(/^\s*(\S+) => not found/gm)].map((match) => match[1] ?? '');
  return [...new Set(names)].toSorted();
}

/**
 * The distribution's family, by /etc/os-release.
 * @param {string} osRelease
 * @returns {'debian' | 'fedora' | 'suse' | 'arch' | 'other'}
 */
export function distroFamily(osRelease) {
  /** @param {string} key */
  const value = (key) => osRelease.match(new RegExp(`^${key}=["']?([^"'\n]*)`, 'm'))?.[1] ?? '';
  const ids = `${value('ID')} ${value('ID_LIKE')}`.toLowerCase().split(/\s+/);
  if (ids.includes('debian') || ids.includes('ubuntu')) return 'debian';
  if (ids.some((id) => ['fedora', 'rhel', 'centos'].includes(id))) return 'fedora';
  if (ids.some((id) => id.includes('suse'))) return 'suse';
  return ids.includes('arch') ? 'arch' : 'other';
}

/**
 * Debian packages for missing libraries and tools. A library not in the list is left to the person: `unknown`.
 * @param {string[]} libraries
 * @param {string[]} tools
 * @param {(name: string) => boolean} exists whether the machine's package lists know a name
 */
export function debianInstall(libraries, tools, exists) {
  /** @type {Set<string>} */
  const packages = new Set();
  const unknown = [];
  for (const library of libraries) {
    const names = debianPackages[library];
    if (!names) unknown.push(library);
    else packages.add(names.find((name, i) => i === names.length - 1 || exists(name)) ?? '');
  }
  for (const tool of tools) packages.add(toolPackages[tool]?.['debian'] ?? tool);
  return { packages: [...packages].toSorted(), unknown };
}

/**
 * The line a person types to install what is missing; null where the package manager isn't known.
 * @param {ReturnType<typeof distroFamily>} family
 * @param {string[]} libraries
 * @param {string[]} tools
 * @param {(name: string) => boolean} exists
 */
export function installLine(family, libraries, tools, exists = () => false) {
  const toolNames = tools.map((tool) => toolPackages[tool]?.[family] ?? tool);
  if (family === 'debian') {
    const { packages } = debianInstall(libraries, tools, exists);
    return packages.length === 0 ? null : `sudo apt-get install -y --no-install-recommends ${packages.join(' ')}`;
  }
  // RPM distributions resolve a library by its name.
  const capabilities = libraries.map((library) => `'${library}()(64bit)'`);
  if (family === 'fedora') return `sudo dnf install -y ${[...capabilities, ...toolNames].join(' ')}`;
  if (family === 'suse') return `sudo zypper install -y ${[...capabilities, ...toolNames].join(' ')}`;
  if (family === 'arch') {
    return `sudo pacman -S --needed ${[...(libraries.length > 0 ? archLibraries : []), ...toolNames].join(' ')}`;
  }
  return null;
}
