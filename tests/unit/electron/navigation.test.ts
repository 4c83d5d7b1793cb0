import { expect, test, vi } from 'vitest';
import { isPopout, isReload } from '../../../electron/navigation.ts';

vi.mock('electron', () => ({}));

const page = 'app://casebench/index.html';

test('a reload is the same page again, whatever its query', () => {
  expect(isReload(page, page)).toBe(true);
  expect(isReload(page, `${page}?a#b`)).toBe(true);
});

test.each([
  'app://casebench/popout.html',
  'app://casebench/index.html/../popout.html',
  'app://casebench.evil/index.html',
  'app://user@casebench/index.html',
  'https://casebench/index.html',
  'file:///index.html',
  'javascript:alert(1)',
  'data:text/html,hello',
  'about:blank',
  'not an address',
  '',
])('%j is not a reload', (target) => expect(isReload(page, target)).toBe(false));

test('only the pop-out page of our own origin opens in a window', () => {
  expect(isPopout('app://casebench/popout.html', null)).toBe(true);
  expect(isPopout('app://casebench/popout.html?id=1', null)).toBe(true);
  expect(isPopout('http://localhost:5173/popout.html', 'http://localhost:5173')).toBe(true);
});

test.each([
  'app://casebench/index.html',
  'app://casebench/x/popout.html',
  'app://casebench@evil/popout.html',
  'app://user:p@casebench/popout.html',
  'app://casebench.evil/popout.html',
  'app://casebench:8080/popout.html',
  'https://casebench/popout.html',
  'https://example.com/popout.html',
  'http://localhost:5173/popout.html',
  'file:///popout.html',
  'about:blank',
  '',
  '/popout.html',
])('%j does not', (target) => expect(isPopout(target, null)).toBe(false));
