/**
 * Any one-dimensional thing a pickle may use as data, as a column.
 * Owns: the choice between array, pandas array, list and index. Must not: convert cells.
 */

import type { Ctx } from './context.ts';
import { malformed } from './errors.ts';
import { extensionVector, isExtensionArray } from './ext-arrays.ts';
import { indexVector } from './indexes.ts';
import { ndVector, rowOf } from './nd-vector.ts';
import { objectVector } from './object-vector.ts';
import { PyList } from './py-list.ts';
import { aType, NdArray, PyObject, type PyValue } from './values.ts';
import type { Vector } from './vector.ts';

export function anyVector(value: PyValue | undefined, ctx: Ctx): Vector {
  if (value instanceof NdArray) return ndVector(value.shape.length === 2 && value.shape[0] === 1 ? rowOf(value, 0) : value, ctx);
  if (isExtensionArray(value)) return extensionVector(value, ctx);
  if (value instanceof PyList) {
    ctx.budget.cells(value.length);
    return objectVector(value, ctx);
  }
  if (value instanceof PyObject) return indexVector(value, ctx);
  throw malformed(`${aType(value ?? null)} stands where an array is expected`);
}
