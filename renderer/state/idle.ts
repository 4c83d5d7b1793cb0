/**
 * Whether every view is drawn and nothing is being asked: screenshots and tests wait for it. A view calls `busy()` before it asks and
 * the returned function when it has drawn. Says so on `<html data-idle>` after two quiet frames.
 */
type IdleDeps = { nextFrame(run: () => void): void; changed(idle: boolean): void };

export type IdleCounter = {
  /** Counts one piece of work; the returned function ends it, once. */
  busy(): () => void;
  isIdle(): boolean;
  /** Settles at the next quiet moment; at once when it is quiet now. */
  whenIdle(): Promise<void>;
};

export const createIdleCounter = ({ nextFrame, changed }: IdleDeps): IdleCounter => {
  let running = 0;
  let idle = false;
  /** Grows with every start, so that a frame waiting from before doesn't report quiet. */
  let epoch = 0;
  let waiting: (() => void)[] = [];

  const settle = (): void => {
    const seen = epoch;
    nextFrame(() =>
      nextFrame(() => {
        if (running > 0 || seen !== epoch || idle) return;
        idle = true;
        changed(true);
        for (const tell of waiting.splice(0)) tell();
      }),
    );
  };

  return {
    busy() {
      running += 1;
      epoch += 1;
      if (idle) {
        idle = false;
        changed(false);
      }
      let open = true;
      return () => {
        if (!open) return;
        open = false;
        running -= 1;
        if (running === 0) settle();
      };
    },
    isIdle: () => idle,
    whenIdle: () => (idle ? Promise.resolve() : new Promise((resolve) => (waiting = [...waiting, resolve]))),
  };
};

const counter = createIdleCounter({
  nextFrame: (run) => void requestAnimationFrame(run),
  changed: (idle) => {
    document.documentElement.dataset['idle'] = String(idle);
  },
});

export const { busy, whenIdle } = counter;

/** Counts a promise as work until it settles; returns it unchanged. */
export const busyUntil = <T>(work: Promise<T>): Promise<T> => {
  const release = busy();
  work.then(release, release);
  return work;
};
