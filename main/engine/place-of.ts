/**
 * What a log may say of something thrown: its class and places in the source. Message texts stay out: a database's message can
 * quote evidence.
 */
const keptFrames = 8;

export const placeOf = (thrown: unknown): string => {
  if (!(thrown instanceof Error)) return typeof thrown;
  const frames = (thrown.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return [thrown.name, ...frames.slice(0, keptFrames).map((line) => line.trim())].join(' | ');
};
