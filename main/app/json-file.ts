/**
 * A small JSON file of the analyst's settings folder: read with its damage set aside, written whole or not at all.
 * Must not know what is in it; the caller brings the schema.
 */
import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { z } from 'zod';
import { CasebenchError } from '../contract/index.ts';

export type JsonFile<T> = {
  /** The content; the schema's value for `{}` when there is no file. A damaged file is renamed `….damaged-<time>` first. */
  read(): Promise<T>;
  /** Throws `file.unwritable` or `disk.full`; the file then still holds what it held. */
  write(value: T): Promise<void>;
};

const errnoOf = (thrown: unknown): string => (thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : '');

const unwritable = (thrown: unknown): CasebenchError =>
  errnoOf(thrown) === 'ENOSPC'
    ? new CasebenchError('disk.full', 'The disk is full, so the setting was not saved. The case is not affected. Free some space and change it again.', { retryable: true })
    : new CasebenchError('file.unwritable', 'The settings file could not be written, so the setting is not kept. The case is not affected. Check the rights of the settings folder.', {
        retryable: true,
        detail: errnoOf(thrown),
      });

const writeWhole = async (path: string, text: string): Promise<void> => {
  const half = `${path}.${randomUUID()}.part`;
  try {
    const file = await open(half, 'wx', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(half, path);
  } catch (thrown) {
    await rm(half, { force: true });
    throw thrown;
  }
};

export const createJsonFile = <S extends z.ZodType>(path: string, schema: S, stampUs: () => number, onDamaged: (asideName: string) => void = () => undefined): JsonFile<z.output<S>> => ({
  async read() {
    let text: string;
    try {
      text = await readFile(path, 'utf8');
    } catch (thrown) {
      if (errnoOf(thrown) === 'ENOENT') return schema.parse({});
      throw new CasebenchError('file.unreadable', 'The settings file could not be read. The case is not affected. Check the rights of the settings folder.', { detail: errnoOf(thrown) });
    }
    try {
      return schema.parse(JSON.parse(text));
    } catch {
      const aside = `${path}.damaged-${stampUs()}`;
      await rename(path, aside).then(
        () => onDamaged(aside),
        () => undefined, // a folder that can't be written keeps its file; writing it will say so
      );
      return schema.parse({});
    }
  },
  async write(value) {
    try {
      await mkdir(dirname(path), { recursive: true });
      await writeWhole(path, `${JSON.stringify(value, null, 2)}\n`);
    } catch (thrown) {
      throw unwritable(thrown);
    }
  },
});
