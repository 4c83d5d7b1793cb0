/** Which table's export dialog is open. */
import { create } from 'zustand';

export const useExport = create<{ tableId: string | null }>(() => ({ tableId: null }));
export const openExport = (tableId: string): void => useExport.setState({ tableId });
export const closeExport = (): void => useExport.setState({ tableId: null });
