/**
 * An engine answer for a component: asked again when the key changes, superseded answers dropped, the old answer kept until the new one
 * is there. Counts as work for the idle marker.
 */
import { useEffect, useRef, useState } from 'react';
import { toAppError, type AppError } from '../../main/contract/index.ts';
import { busyUntil } from '../state/idle.ts';

export type Asked<T> = { data: T | undefined; error: AppError | null; loading: boolean };

/** @param key what the answer depends on, as one string. @param ask null: nothing to ask. */
export const useAsked = <T>(key: string, ask: (() => Promise<T>) | null): Asked<T> => {
  const [state, setState] = useState<Asked<T>>({ data: undefined, error: null, loading: ask !== null });
  const latest = useRef(ask);
  latest.current = ask;
  useEffect(() => {
    const run = latest.current;
    if (run === null) return;
    let current = true;
    setState((s) => ({ ...s, loading: true }));
    busyUntil(run()).then(
      (data) => current && setState({ data, error: null, loading: false }),
      (thrown: unknown) => {
        const error = toAppError(thrown);
        if (current) setState((s) => ({ data: s.data, error: error.code === 'cancelled' ? null : error, loading: false }));
      },
    );
    return () => {
      current = false;
    };
  }, [key]);
  return state;
};
