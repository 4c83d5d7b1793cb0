/** What AG Grid's cells and headers may ask of the grid they stand in. */
export type GridContext = {
  readonly tableId: string;
  openColumnMenu(column: string, anchor: DOMRect): void;
};
