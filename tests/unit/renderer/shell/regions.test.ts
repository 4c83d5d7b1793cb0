import { afterEach, expect, test } from 'vitest';
import { cycleRegion, nextRegion, regionsIn } from '../../../../renderer/shell/regions.ts';

const page = (html: string): void => {
  document.body.innerHTML = html;
};
afterEach(() => document.body.replaceChildren());
const frame = `
  <header data-region="title"><button id="case">Case</button></header>
  <aside data-region="side"><input id="find"><div role="treeitem" tabindex="0" id="node"></div></aside>
  <div data-region="view"><section class="cb-view" data-view="grid"><button id="cell">cell</button></section><section class="cb-view" data-view="inspector"><button id="star">star</button></section></div>
  <footer data-region="status"><button id="fact">fact</button></footer>`;

test('regions come in the order of the window, the inspector as one of its own', () => {
  page(frame);
  expect(regionsIn(document).map((r) => r.region)).toEqual(['title', 'side', 'view', 'inspector', 'status']);
});

test('F6 goes round in both directions and prefers what a region wants focused', () => {
  page(frame);
  const walk = (step: 1 | -1): string | undefined => {
    cycleRegion(step);
    return document.activeElement?.id;
  };
  expect([walk(1), walk(1), walk(1), walk(1), walk(1), walk(1)]).toEqual(['case', 'node', 'cell', 'star', 'fact', 'case']);
  expect(walk(-1)).toBe('fact');
});

test('with nothing there, nothing happens', () => {
  expect(nextRegion([], null, 1)).toBeNull();
});
