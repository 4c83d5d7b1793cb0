/** F6: moves the focus from one region of the window to the next, in the order title, side, view, inspector, jobs, status. */

const order = ['title', 'side', 'view', 'inspector', 'jobs', 'status'] as const;
type Region = (typeof order)[number];
export type RegionElement = { region: Region; element: HTMLElement };

/** The inspector is a tab of the dock; every group that holds it counts as its region. */
export const regionsIn = (root: ParentNode): RegionElement[] => {
  const found: RegionElement[] = [];
  for (const region of order) {
    const element =
      region === 'inspector'
        ? root.querySelector<HTMLElement>('[data-view="inspector"]')
        : region === 'view'
          ? root.querySelector<HTMLElement>('.dv-active-group .cb-view:not([data-view="inspector"]), .cb-view:not([data-view="inspector"])') ?? root.querySelector<HTMLElement>('[data-region="view"]')
          : root.querySelector<HTMLElement>(`[data-region="${region}"]`);
    if (element !== null) found.push({ region, element });
  }
  return found;
};

export const nextRegion = (regions: readonly RegionElement[], focused: Element | null, step: 1 | -1): RegionElement | null => {
  if (regions.length === 0) return null;
  const at = regions.findIndex((r) => focused !== null && r.element.contains(focused));
  return regions[at < 0 ? (step === 1 ? 0 : regions.length - 1) : (at + step + regions.length) % regions.length] ?? null;
};

const focusable = 'button:not([tabindex="-1"]):not([disabled]),input,textarea,[tabindex]:not([tabindex="-1"])';
/** What a view wants focused first: a cell, a tree item; else its first control. */
const preferred = '[data-region-focus],[role="treeitem"][tabindex="0"],.ag-cell-focus,[role="gridcell"][tabindex="0"]';

export const cycleRegion = (step: 1 | -1): void => {
  const target = nextRegion(regionsIn(document), document.activeElement, step);
  if (target === null) return;
  const inside = target.element.querySelector<HTMLElement>(preferred) ?? target.element.querySelector<HTMLElement>(focusable);
  if (inside === null) target.element.tabIndex = -1;
  (inside ?? target.element).focus();
};
