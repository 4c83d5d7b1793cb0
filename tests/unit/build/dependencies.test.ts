/** When an install counts as current. */
import { describe, expect, it } from 'vitest';
import { installStamp, isSameInstall } from '../../../build/lib/dependencies.mjs';
import { withoutEngineWarnings } from '../../../build/lib/npm.mjs';

const lock = (packages: Record<string, { version?: string; integrity?: string; optional?: boolean }>) => ({
  packages: { '': { version: '0.1.0' }, ...packages },
});
const zod = { version: '4.6.7', integrity: 'sha512-aa' };

describe('install stamp', () => {
  it('changes with the lock file and the platform, and with nothing else', () => {
    const stamp = installStamp('{}', 'linux', 'x64');
    expect(installStamp(Buffer.from('{}'), 'linux', 'x64')).toBe(stamp);
    expect(installStamp('{ }', 'linux', 'x64')).not.toBe(stamp);
    expect(installStamp('{}', 'darwin', 'x64')).not.toBe(stamp);
    expect(installStamp('{}', 'linux', 'arm64')).not.toBe(stamp);
  });
});

describe('comparison with what npm recorded', () => {
  it('accepts the same packages, and missing optional ones', () => {
    const wanted = lock({ 'node_modules/zod': zod, 'node_modules/other-platform': { version: '1.0.0', optional: true } });
    expect(isSameInstall(wanted, { packages: { 'node_modules/zod': zod } })).toBe(true);
  });

  it.each([
    ['a missing package', {}],
    ['another version', { 'node_modules/zod': { ...zod, version: '4.6.6' } }],
    ['other content', { 'node_modules/zod': { ...zod, integrity: 'sha512-bb' } }],
    ['a package that is no longer wanted', { 'node_modules/zod': zod, 'node_modules/nock': { version: '15.0.0' } }],
  ])('refuses %s', (_, packages) => {
    expect(isSameInstall(lock({ 'node_modules/zod': zod }), { packages })).toBe(false);
  });
});

describe("npm's output", () => {
  it('loses warnings about engines and keeps every other line', () => {
    const output = [
      'npm warn EBADENGINE Unsupported engine {',
      "npm warn EBADENGINE   package: 'electron@45.4.1',",
      'npm warn EBADENGINE }',
      'npm warn deprecated glob@1.0.0: old',
      'added 245 packages in 25s',
    ].join('\n');
    expect(withoutEngineWarnings(output)).toBe('npm warn deprecated glob@1.0.0: old\nadded 245 packages in 25s');
  });
});
