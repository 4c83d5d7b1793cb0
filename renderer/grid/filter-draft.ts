/** The filter being written, if any: which table and column, and which existing chip it replaces. */
import { create } from 'zustand';

export type FilterDraft = { tableId: string; column: string | null; index: number | null };
export const useFilterDraft = create<{ draft: FilterDraft | null }>(() => ({ draft: null }));
export const startFilter = (tableId: string, column: string | null, index: number | null = null): void => useFilterDraft.setState({ draft: { tableId, column, index } });
export const endFilter = (): void => useFilterDraft.setState({ draft: null });
