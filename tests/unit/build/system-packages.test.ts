/** What a machine lacks and the line that installs it, per distribution. */
import { describe, expect, it } from 'vitest';
import { debianInstall, distroFamily, installLine, missingLibraries } from '../../../build/lib/system-packages.mjs';

const ldd = `
	linux-vdso.so.1 (0x00007ffd5b5f2000)
	libffmpeg.so => /opt/electron/libffmpeg.so (0x00007f3)
	libgtk-3.so.0 => not found
	libnss3.so => not found
	libasound.so.2 => not found
	libnss3.so => not found
	libc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f3)
`;
const never = () => false;

describe('missing libraries', () => {
  it('are the ones ldd could not find, once each', () => {
    expect(missingLibraries(ldd)).toEqual(['libasound.so.2', 'libgtk-3.so.0', 'libnss3.so']);
  });

  it('are none for a complete system, a static binary or no answer', () => {
    expect(missingLibraries('\tlibc.so.6 => /lib/libc.so.6 (0x1)\n')).toEqual([]);
    expect(missingLibraries('\tnot a dynamic executable\n')).toEqual([]);
    expect(missingLibraries('')).toEqual([]);
  });
});

describe('distribution family', () => {
  it.each([
    ['ID=debian\nVERSION_ID="12"', 'debian'],
    ['NAME="Linux Mint"\nID=linuxmint\nID_LIKE="ubuntu debian"', 'debian'],
    ['ID="rocky"\nID_LIKE="rhel centos fedora"', 'fedora'],
    ['ID="opensuse-tumbleweed"\nID_LIKE="opensuse suse"', 'suse'],
    ['ID=endeavouros\nID_LIKE=arch', 'arch'],
    ['ID=alpine', 'other'],
    ['', 'other'],
    // A value that only mentions a name must not match.
    ['ID=void\nHOME_URL="https://debian.example"', 'other'],
  ])('of %j is %s', (text, family) => {
    expect(distroFamily(text)).toBe(family);
  });
});

describe('Debian packages', () => {
  it('take the name the release knows', () => {
    const newer = debianInstall(['libgtk-3.so.0', 'libnss3.so'], ['Xvfb'], (name) => name.endsWith('t64'));
    expect(newer).toEqual({ packages: ['libgtk-3-0t64', 'libnss3', 'xvfb'], unknown: [] });
    expect(debianInstall(['libgtk-3.so.0'], [], never).packages).toEqual(['libgtk-3-0']);
  });

  it('come once when several libraries need the same one', () => {
    expect(debianInstall(['libnss3.so', 'libsmime3.so', 'libnssutil3.so'], [], never).packages).toEqual(['libnss3']);
  });

  it('leave a library nobody listed to the person', () => {
    expect(debianInstall(['libweird.so.9'], [], never)).toEqual({ packages: [], unknown: ['libweird.so.9'] });
  });
});

describe('install line', () => {
  it('is exact for each package manager', () => {
    const line = (family: Parameters<typeof installLine>[0]) => installLine(family, ['libnss3.so'], ['Xvfb'], never);
    expect(line('debian')).toBe('sudo apt-get install -y --no-install-recommends libnss3 xvfb');
    expect(line('fedora')).toBe("sudo dnf install -y 'libnss3.so()(64bit)' xorg-x11-server-Xvfb");
    expect(line('suse')).toBe("sudo zypper install -y 'libnss3.so()(64bit)' xorg-x11-server-Xvfb");
    expect(line('arch')).toContain('nss');
    expect(line('arch')).toContain('xorg-server-xvfb');
    expect(line('other')).toBeNull();
  });

  it('is null when no package is known for what is missing', () => {
    expect(installLine('debian', ['libweird.so.9'], [], never)).toBeNull();
  });
});
