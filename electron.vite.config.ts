/**
 * How the three parts of the app are bundled into out/: main (with the engine as its second entry),
 * the sandboxed preload (CommonJS, nothing external) and the renderer's two pages.
 * Owns: entries, targets, what stays outside the bundle. Must not: know features or hold app settings.
 * Targets are written out so that one output runs in the product runtime and in the older
 * development runtime (Electron 33: Node 20.18, Chrome 130).
 */
import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const fromRoot = (path: string): string => resolve(import.meta.dirname, path);
const nodeTarget = 'node20.18';
const pageTarget = 'chrome130';

export default defineConfig({
  main: {
    build: {
      outDir: fromRoot('out/main'),
      target: nodeTarget,
      sourcemap: true,
      externalizeDeps: true,
      rolldownOptions: {
        input: {
          main: fromRoot('electron/main.ts'),
          engine: fromRoot('main/engine/entry.ts'),
          'evidence-worker': fromRoot('main/evidence/worker.ts'),
        },
      },
    },
  },
  preload: {
    build: {
      outDir: fromRoot('out/preload'),
      target: nodeTarget,
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: fromRoot('electron/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: fromRoot('renderer'),
    base: './',
    build: {
      outDir: fromRoot('out/renderer'),
      emptyOutDir: true,
      target: pageTarget,
      minify: true,
      // the page's policy allows fonts and scripts from its own origin only, so nothing is inlined
      assetsInlineLimit: 0,
      sourcemap: true,
      rolldownOptions: {
        input: { index: fromRoot('renderer/index.html'), popout: fromRoot('renderer/popout.html') },
      },
    },
    plugins: [react()],
  },
});
