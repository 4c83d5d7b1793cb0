/**
 * `--screenshot FILE`: waits until the page says that every view is idle, then saves what the window shows and ends the app: 0 when
 * saved, 1 with a message otherwise. Owns that one run.
 */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { BrowserWindow } from 'electron';

const deadlineMs = 60_000;

export type Picture = {
  /** The page is idle. */
  onIdle(): void;
  fail(why: string): void;
};

export type PictureDeps = {
  readonly file: string;
  readonly window: BrowserWindow;
  /** Ends the app after a clean shutdown. */
  finish(exitCode: number): void;
};

/** Fonts are there, and two frames were drawn since. */
const settled = 'document.fonts.ready.then(() => new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(() => r(true)))))';

export const startPicture = ({ file, window, finish }: PictureDeps): Picture => {
  let isOver = false;
  const end = (exitCode: number, message: string): void => {
    if (isOver) return;
    isOver = true;
    clearTimeout(deadline);
    (exitCode === 0 ? process.stdout : process.stderr).write(`${message}\n`);
    finish(exitCode);
  };
  const fail = (why: string): void => end(1, `No picture was saved: ${why}`);
  const deadline = setTimeout(() => fail(`the views were not idle within ${deadlineMs / 1_000} s.`), deadlineMs);
  let isTaking = false;

  const take = async (): Promise<void> => {
    await window.webContents.executeJavaScript(settled);
    const image = await window.webContents.capturePage();
    const { width, height } = image.getSize();
    if (width === 0 || height === 0) throw new Error('the window drew nothing.');
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.part`, image.toPNG());
    renameSync(`${file}.part`, file);
    end(0, `Saved ${file} (${width} × ${height}).`);
  };

  return {
    onIdle() {
      if (isOver || isTaking) return;
      isTaking = true;
      take().catch((thrown: unknown) => fail(thrown instanceof Error ? thrown.message : String(thrown)));
    },
    fail,
  };
};
