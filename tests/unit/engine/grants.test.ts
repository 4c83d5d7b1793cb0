import { expect, test } from 'vitest';
import { createGrants } from '../../../main/engine/grants.ts';

test('a handle opens its path for the use it was granted for, and no other', () => {
  const grants = createGrants();
  grants.grant('r', '/evidence/a.csv', 'read');
  grants.grant('w', '/out/b.csv', 'write');
  expect(grants.resolve('r', 'read')).toBe('/evidence/a.csv');
  expect(grants.resolve('w', 'write')).toBe('/out/b.csv');
  expect(() => grants.resolve('r', 'write')).toThrow(expect.objectContaining({ code: 'notFound' }));
  expect(() => grants.resolve('w', 'read')).toThrow(expect.objectContaining({ code: 'notFound' }));
});

test.each(['unknown', '/evidence/a.csv', '__proto__', 'constructor', ''])('%j is no handle', (handle) => {
  const grants = createGrants();
  grants.grant('r', '/evidence/a.csv', 'read');
  expect(() => grants.resolve(handle, 'read')).toThrow(expect.objectContaining({ code: 'notFound' }));
});

test.each(['a.csv', '../a.csv', '', '/evidence/a\0.csv'])('the path %j is refused', (path) => {
  const grants = createGrants();
  expect(() => grants.grant('h', path, 'read')).toThrow(expect.objectContaining({ code: 'input.invalid' }));
  expect(() => grants.resolve('h', 'read')).toThrow();
});
