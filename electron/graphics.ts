/**
 * Drawing on machines without a graphics device (containers, many virtual machines). Owns that decision. Chromium would start a
 * graphics process, lose it and fall back to software by itself, and a page that loads in that moment can hang for good; told
 * beforehand, it goes to software at once. What a page can use stays the same, WebGL included.
 */
import { existsSync } from 'node:fs';
import type { CommandLine } from 'electron';

/** Device files of Mesa and proprietary drivers, and of the Windows subsystem. */
const devices = ['/dev/dri', '/dev/nvidia0', '/dev/nvidiactl', '/dev/dxg', '/dev/mali0', '/dev/kgsl-3d0'];

export const hasGraphicsDevice = (platform: NodeJS.Platform, exists: (path: string) => boolean = existsSync): boolean => platform !== 'linux' || devices.some(exists);

/** Before `ready`. */
export const chooseGraphics = (commandLine: CommandLine): void => {
  if (!hasGraphicsDevice(process.platform)) commandLine.appendSwitch('disable-gpu');
};
