/** Promises of the contract itself, for every operation and event alike. */
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { engineOps, errorCodes, events, shellOps, toAppError, appError } from '../../main/contract/index.ts';

const ops = Object.entries({ ...engineOps, ...shellOps });

describe.each(ops)('%s', (name, op) => {
  test('is named domain.verb and is a call or a job', () => {
    expect(name).toMatch(/^[a-z]+\.[a-zA-Z]+$/);
    expect(['call', 'job']).toContain(op.type);
  });

  test('refuses fields it does not know', () => {
    const parsed = op.input.safeParse({ unknownField: 1 });
    expect(parsed.success).toBe(false);
    expect(JSON.stringify(parsed.error?.issues)).toMatch(/unrecognized_keys|invalid_union|invalid_type|invalid_value/);
  });

  test('has no unbounded text or list in its input', () => {
    const unbounded: string[] = [];
    const walk = (schema: Record<string, unknown>, path: string): void => {
      if (schema['type'] === 'string' && schema['enum'] === undefined && schema['const'] === undefined && schema['maxLength'] === undefined && schema['pattern'] === undefined) unbounded.push(path);
      if (schema['type'] === 'array' && schema['maxItems'] === undefined) unbounded.push(`${path}[]`);
      for (const [key, inner] of Object.entries(schema)) {
        if (key === '$schema' || typeof inner !== 'object' || inner === null) continue;
        if (Array.isArray(inner)) inner.forEach((item, i) => typeof item === 'object' && item !== null && walk(item as Record<string, unknown>, `${path}.${key}${i}`));
        else walk(inner as Record<string, unknown>, `${path}.${key}`);
      }
    };
    walk(z.toJSONSchema(op.input, { io: 'input', unrepresentable: 'any' }) as Record<string, unknown>, '');
    expect(unbounded).toEqual([]);
  });
});

test('the errors are one closed union, and anything thrown becomes one of them without a stack', () => {
  expect(new Set(errorCodes).size).toBe(errorCodes.length);
  for (const thrown of [new Error('x'), 'text', null, undefined, { code: 'evil' }, 5]) {
    const made = toAppError(thrown);
    expect(appError.safeParse(made).success).toBe(true);
    expect(JSON.stringify(made)).not.toContain('    at ');
  }
});

test('events are objects', () => {
  for (const schema of Object.values(events)) expect(schema.safeParse('x').success).toBe(false);
});
