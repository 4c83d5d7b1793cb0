import { describe, expect, test } from 'vitest';
import { CasebenchError, engineOps } from '../../../main/contract/index.ts';
import { createDispatch } from '../../../main/engine/dispatch.ts';
import type { Handlers } from '../../../main/engine/types.ts';
import { createJobs } from '../../../main/jobs/index.ts';

const clock = { nowUs: () => 0, monotonicMs: () => 0 };
const setUp = (handlers: Partial<Handlers>) => {
  let id = 0;
  const jobs = createJobs({ clock, newId: () => `job-${++id}` });
  const defects: string[] = [];
  const dispatch = createDispatch(handlers as Handlers, jobs, (op) => defects.push(op));
  return { jobs, dispatch, defects };
};

describe('a call', () => {
  test('gets the parsed input, defaults filled in', async () => {
    const seen: unknown[] = [];
    const { dispatch } = setUp({ 'case.create': ((input: unknown) => void seen.push(input)) as never });
    await dispatch('case.create', { name: '  Lantern ' });
    expect(seen).toEqual([{ parentHandle: null, name: 'Lantern' }]);
  });

  test.each([
    ['a missing field', {}],
    ['an unknown field', { name: 'a', path: '/etc' }],
    ['another type', { name: 5 }],
    ['nothing', undefined],
    ['an array', []],
  ])('is refused before the handler with %s', async (_what, input) => {
    let calls = 0;
    const { dispatch } = setUp({ 'case.create': (() => calls++) as never });
    await expect(dispatch('case.create', input)).rejects.toMatchObject({ code: 'input.invalid', retryable: false });
    expect(calls).toBe(0);
  });

  test.each(['', 'case.destroy', 'toString', '__proto__', 'constructor', 'hasOwnProperty'])('the name %j is unknown', async (op) => {
    await expect(setUp({}).dispatch(op, {})).rejects.toMatchObject({ code: 'op.unknown' });
  });

  test('an input that throws while it is read is invalid, not a defect', async () => {
    const { dispatch, defects } = setUp({});
    const hostile = new Proxy({}, {
      ownKeys() {
        throw new Error('read me not');
      },
    });
    await expect(dispatch('case.close', hostile)).rejects.toMatchObject({ code: 'input.invalid' });
    expect(defects).toEqual([]);
  });

  test("a handler's typed error passes through; any other becomes internal and is noted by name only", async () => {
    const { dispatch, defects } = setUp({
      'case.close': () => {
        throw new CasebenchError('case.none', 'No case is open.');
      },
      'case.recent': () => Promise.reject(new TypeError('evidence text')),
    });
    await expect(dispatch('case.close', {})).rejects.toMatchObject({ code: 'case.none' });
    await expect(dispatch('case.recent', {})).rejects.toMatchObject({ code: 'internal', name: 'CasebenchError' });
    expect(defects).toEqual(['case.recent']);
  });
});

describe('a job', () => {
  test('answers its id at once and carries label, result and end', async () => {
    const { promise, resolve } = Promise.withResolvers<never>();
    const { dispatch, jobs } = setUp({ 'case.verify': { label: () => 'Verifying the case', run: () => promise } });
    expect(await dispatch('case.verify', {})).toEqual({ jobId: 'job-1' });
    expect(jobs.list()[0]).toMatchObject({ op: 'case.verify', label: 'Verifying the case', state: 'running' });
    resolve({ ok: true } as never);
    await new Promise((done) => setImmediate(done));
    expect(jobs.list()[0]).toMatchObject({ state: 'done', result: { ok: true } });
  });

  test('is not started by an invalid input', async () => {
    const { dispatch, jobs } = setUp({ 'case.verify': { label: () => '', run: () => Promise.reject(new Error('ran')) } });
    await expect(dispatch('case.verify', { deep: true })).rejects.toMatchObject({ code: 'input.invalid' });
    expect(jobs.list()).toEqual([]);
  });
});

test('every operation of the contract is a call or a job with an object as input', () => {
  for (const [name, op] of Object.entries(engineOps)) {
    expect(name).toMatch(/^[a-z]+\.[a-zA-Z]+$/);
    expect(['call', 'job']).toContain(op.type);
  }
});
