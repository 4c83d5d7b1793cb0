import { describe, expect, it } from 'vitest';
import { assertSqliteVersion, isVersionAtLeast } from '../../../main/case/sqlite.ts';

describe('the SQLite that came with the app', () => {
  it('is new enough', () => expect(() => assertSqliteVersion()).not.toThrow());
  it('is refused when it can lose commits', () => {
    for (const version of ['3.50.4', '3.51.2', '3.7.17', '2.99.99']) expect(() => assertSqliteVersion(version), version).toThrow(/can lose saved changes/);
    for (const version of ['3.51.3', '3.54.1', '4.0.0']) expect(() => assertSqliteVersion(version), version).not.toThrow();
  });
  it('compares by number, not by text', () => {
    expect(isVersionAtLeast('3.100.0', [3, 51, 3])).toBe(true);
    expect(isVersionAtLeast('3.51', [3, 51, 3])).toBe(false);
  });
});
