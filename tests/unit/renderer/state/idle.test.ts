import { beforeEach, expect, test } from 'vitest';
import { createIdleCounter, type IdleCounter } from '../../../../renderer/state/idle.ts';

let frames: (() => void)[] = [];
let states: boolean[] = [];
let counter: IdleCounter;
const frame = (): void => {
  for (const run of frames.splice(0)) run();
};
beforeEach(() => {
  frames = [];
  states = [];
  counter = createIdleCounter({ nextFrame: (run) => void frames.push(run), changed: (idle) => void states.push(idle) });
});

test('idle two frames after the last work ended', () => {
  const first = counter.busy();
  const second = counter.busy();
  first();
  frame();
  frame();
  expect(counter.isIdle()).toBe(false);
  second();
  frame();
  expect(counter.isIdle()).toBe(false);
  frame();
  expect(states).toEqual([true]);
});

test('work that begins between the frames keeps it busy', () => {
  counter.busy()();
  frame();
  const next = counter.busy();
  frame();
  expect(counter.isIdle()).toBe(false);
  next();
  frame();
  frame();
  expect(counter.isIdle()).toBe(true);
});

test('short work between the frames starts the wait anew', () => {
  counter.busy()();
  frame();
  counter.busy()();
  frame();
  expect(counter.isIdle()).toBe(false);
  frame();
  expect(counter.isIdle()).toBe(true);
});

test('ending the same work twice counts once', () => {
  const kept = counter.busy();
  const ended = counter.busy();
  ended();
  ended();
  frame();
  frame();
  expect(counter.isIdle()).toBe(false);
  kept();
  frame();
  frame();
  expect(counter.isIdle()).toBe(true);
});

test('waiting settles at the next quiet moment, and at once when it is quiet', async () => {
  const release = counter.busy();
  let told = false;
  const waiting = counter.whenIdle().then(() => {
    told = true;
    return told;
  });
  await Promise.resolve();
  expect(told).toBe(false);
  release();
  frame();
  frame();
  await waiting;
  await expect(counter.whenIdle()).resolves.toBeUndefined();
  counter.busy();
  expect(states).toEqual([true, false]);
});
