/** Short notices at the bottom right: undoable actions, and failures that have no panel of their own. */
import { create } from 'zustand';
import { toAppError, type AppError } from '../../main/contract/index.ts';

export type Toast = { id: number; text: string; action: { label: string; run(): void } | null; error: AppError | null };

export const useToasts = create<{ toasts: Toast[] }>(() => ({ toasts: [] }));
let nextToast = 1;
const shownMs = 6_000;

const show = (toast: Omit<Toast, 'id'>): void => {
  const id = nextToast++;
  // Undo takes back the newest change: an older toast's button would take back something else than it says
  useToasts.setState(({ toasts }) => ({ toasts: [...toasts.filter((t) => toast.action === null || t.action === null).slice(-3), { ...toast, id }] }));
  if (toast.error === null) setTimeout(() => dismissToast(id), shownMs);
};

export const dismissToast = (id: number): void => useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((t) => t.id !== id) }));
export const notify = (text: string, action: Toast['action'] = null): void => show({ text, action, error: null });
/** For failures without a panel; they stay until dismissed. */
export const notifyError = (thrown: unknown): void => {
  const error = toAppError(thrown);
  if (error.code !== 'cancelled') show({ text: error.message, action: null, error });
};
