/** A key combination as caps, e.g. Ctrl Shift P; on macOS with its own names. */
import type { ReactElement } from 'react';

const onMac = typeof navigator !== 'undefined' && /Mac/.test(navigator.userAgent);
const names: Record<string, string> = {
  ArrowLeft: '←', ArrowRight: '→', ArrowUp: '↑', ArrowDown: '↓', Escape: 'Esc', Delete: 'Del',
  ...(onMac ? { Ctrl: '⌘', Alt: '⌥', Shift: '⇧', Enter: '↩' } : {}),
};

/** `Ctrl+Shift+P` in pieces; `Ctrl++` is Ctrl and plus; `Alt+T G` are two presses. */
export const keyParts = (keys: string): string[] =>
  keys.split(' ').flatMap((press) => press.split(/\+(?=.)/)).map((part) => names[part] ?? part);

export const Keys = ({ of: keys }: { of: string }): ReactElement => (
  <span className="cb-keys">
    {keyParts(keys).map((part, i) => (
      <kbd className="cb-kbd" key={`${part}-${i}`}>
        {part}
      </kbd>
    ))}
  </span>
);
