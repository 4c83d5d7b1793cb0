/**
 * Seeded pseudo-random numbers for the sample generator (sfc32, integer arithmetic only, so the same on every machine).
 * A `fork` depends on its label alone, never on how much was drawn before: changing one table leaves the others as they were.
 * Must not be used for anything but invented data.
 */

export type Random = {
  /** Uniform in [0, 1). */
  next(): number;
  /** Whole number from `min` to `max`, both included. */
  int(min: number, max: number): number;
  chance(probability: number): boolean;
  /** About normal (sum of twelve uniforms): no tails past six deviations. */
  normal(mean: number, deviation: number): number;
  pick<T>(items: readonly T[]): T;
  weighted<T>(items: readonly (readonly [T, number])[]): T;
  shuffle<T>(items: readonly T[]): T[];
  hex(length: number): string;
  guid(): string;
  fork(label: string): Random;
};

/** Four 32-bit words from a text (FNV-1a with four offsets). */
function seedWords(text: string): [number, number, number, number] {
  const words = [0x811c9dc5, 0x9e3779b9, 0x85ebca6b, 0xc2b2ae35];
  for (let index = 0; index < text.length; index += 1) {
    for (let lane = 0; lane < 4; lane += 1) {
      words[lane] = Math.imul((words[lane] ?? 0) ^ (text.charCodeAt(index) + lane * 131), 0x01000193);
    }
  }
  return [words[0] ?? 0, words[1] ?? 0, words[2] ?? 0, words[3] ?? 0];
}

export function createRandom(seed: string): Random {
  let [a, b, c, counter] = seedWords(seed);

  const word = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let round = 0; round < 16; round += 1) word();

  const next = (): number => word() / 0x1_0000_0000;
  const int = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1));
  const hex = (length: number): string => {
    let text = '';
    while (text.length < length) text += word().toString(16).padStart(8, '0');
    return text.slice(0, length);
  };

  return {
    next,
    int,
    hex,
    chance: (probability) => next() < probability,
    normal: (mean, deviation) => {
      let sum = -6;
      for (let draw = 0; draw < 12; draw += 1) sum += next();
      return mean + sum * deviation;
    },
    pick: (items) => {
      const item = items[int(0, items.length - 1)];
      if (item === undefined) throw new Error('Nothing to pick from');
      return item;
    },
    weighted: (items) => {
      let total = 0;
      for (const [, weight] of items) total += weight;
      let left = next() * total;
      for (const [item, weight] of items) {
        left -= weight;
        if (left < 0) return item;
      }
      const last = items[items.length - 1];
      if (last === undefined) throw new Error('Nothing to pick from');
      return last[0];
    },
    shuffle: (items) => {
      const copy = [...items];
      for (let index = copy.length - 1; index > 0; index -= 1) {
        const other = int(0, index);
        [copy[index], copy[other]] = [copy[other] as (typeof copy)[number], copy[index] as (typeof copy)[number]];
      }
      return copy;
    },
    guid: () => {
      const variant = (8 + int(0, 3)).toString(16);
      return `${hex(8)}-${hex(4)}-4${hex(3)}-${variant}${hex(3)}-${hex(12)}`;
    },
    fork: (label) => createRandom(`${seed}/${label}`),
  };
}
