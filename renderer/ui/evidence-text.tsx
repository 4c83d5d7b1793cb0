/**
 * Text that came from a file, shown as text: control and bidi characters become visible escapes, set apart in colour. Never
 * interprets anything.
 */
import type { ReactElement } from 'react';
import { hasHidden, visibleSegments } from '../../main/shared/text.ts';

export const EvidenceText = ({ text, multiline = false }: { text: string; multiline?: boolean }): ReactElement =>
  hasHidden(text) ? (
    <>
      {visibleSegments(text, { multiline }).map((s, i) =>
        s.escaped ? (
          <span key={i} className="cb-escape" title="A character that can't be seen, written out">
            {s.text}
          </span>
        ) : (
          s.text
        ),
      )}
    </>
  ) : (
    <>{text}</>
  );
