/** One line that shows how far a long step is; only on a terminal. */
import type { JobContext } from '../jobs/types.ts';
import { formatAmount } from '../shared/format.ts';
import type { CliIo } from './io.ts';

export type ProgressLine = { readonly update: JobContext['progress']; readonly clear: () => void };

const everyMs = 100;

export const progressLine = (io: CliIo, label: string): ProgressLine => {
  let state: Parameters<JobContext['progress']>[0] = {};
  let shownMs = -Infinity;
  let shown = false;
  return {
    update(change) {
      state = { ...state, ...change };
      const nowMs = io.clock.monotonicMs();
      if (!io.errIsTerminal || nowMs - shownMs < everyMs) return;
      shownMs = nowMs;
      shown = true;
      io.err(`\r\u001B[K${label}: ${formatAmount(state.done ?? 0, state.total ?? null, state.unit ?? 'rows')}${state.stage === undefined || state.stage === '' ? '' : ` · ${state.stage}`}`);
    },
    clear() {
      if (shown) io.err('\r\u001B[K');
    },
  };
};
