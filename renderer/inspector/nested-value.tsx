/** A dynamic value opened up: objects and lists as a tree of fields, text as evidence text. Depth and width are bounded, and say so. */
import type { ReactElement } from 'react';
import { EvidenceText } from '../ui/evidence-text.tsx';

const maxDepth = 8;
const maxEntries = 200;

export const parseDynamic = (json: string): unknown => {
  try {
    return JSON.parse(json);
  } catch {
    return json;
  }
};

const Leaf = ({ value }: { value: unknown }): ReactElement => (
  <span className={value === null ? 'cb-nest-null' : undefined}>
    <EvidenceText text={typeof value === 'string' ? value : JSON.stringify(value) ?? 'null'} multiline />
  </span>
);

export const NestedValue = ({ value, depth = 0 }: { value: unknown; depth?: number }): ReactElement => {
  if (typeof value !== 'object' || value === null) return <Leaf value={value} />;
  const entries: [string, unknown][] = Array.isArray(value) ? value.map((v, i) => [String(i), v]) : Object.entries(value);
  if (entries.length === 0) return <span className="cb-nest-null">{Array.isArray(value) ? '[]' : '{}'}</span>;
  if (depth >= maxDepth) return <span className="cb-nest-null">{`${entries.length} more levels are in the raw view`}</span>;
  return (
    <dl className="cb-nest">
      {entries.slice(0, maxEntries).map(([name, v]) => (
        <div key={name}>
          <dt>
            <EvidenceText text={name} />
          </dt>
          <dd>
            <NestedValue value={v} depth={depth + 1} />
          </dd>
        </div>
      ))}
      {entries.length > maxEntries && <div className="cb-nest-null">{`${entries.length - maxEntries} more in the raw view`}</div>}
    </dl>
  );
};
