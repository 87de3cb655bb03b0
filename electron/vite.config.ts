import path from 'node:path'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'electron-vite'

// One build runs on the newest Electron and on 25.1, which is what the tests get without a network.
const NODE = 'node18.15'
const CHROMIUM = 114

const inRoot = (file: string) => path.resolve(import.meta.dirname, '..', file)

/** The programs that run on Node: name in out/main, and where each begins. */
const programs = {
  main: inRoot('electron/main/main.ts'),
  engine: inRoot('electron/engine/engine.ts'),
  worker: inRoot('core/node/worker/worker-entry.ts'),
  nabla: inRoot('core/node/cli/start.ts'),
  bench: inRoot('core/node/bench/main.ts'),
}

/**
 * Only what brings a native library stays outside. The rest is bundled: several packages are ES modules, which a
 * CommonJS program on Node 18 cannot require, and one file starts faster than hundreds.
 */
const native = [/^@duckdb\//, /^@resvg\//]

const commonjs = {
  format: 'cjs',
  entryFileNames: '[name].cjs',
  chunkFileNames: 'chunks/[name]-[hash].cjs',
  // What stays outside is CommonJS: `require` brings it at once, and from scripts that were kept compiled without a warning.
  dynamicImportInCjs: false,
} as const

export default defineConfig({
  main: {
    build: {
      outDir: inRoot('out/main'),
      target: NODE,
      externalizeDeps: false,
      sourcemap: true,
      // Less to parse at each start of the command line; messages name no function or class by its own name.
      minify: true,
      rolldownOptions: { input: programs, external: native, output: commonjs },
    },
  },
  preload: {
    build: {
      outDir: inRoot('out/preload'),
      target: NODE,
      // A sandboxed preload can require nothing but electron.
      externalizeDeps: false,
      rolldownOptions: { input: { preload: inRoot('electron/preload/preload.ts') }, output: commonjs },
    },
  },
  renderer: {
    root: inRoot('renderer'),
    plugins: [vue()],
    // Lowers nesting and other newer syntax in development too, so that both look the same.
    css: { transformer: 'lightningcss', lightningcss: { targets: { chrome: CHROMIUM << 16 } } },
    build: {
      outDir: inRoot('out/renderer'),
      emptyOutDir: true,
      // Small fonts stay files: the page's security policy loads none from data: addresses.
      assetsInlineLimit: 0,
      // The page comes from the disk, so a large chunk costs nothing but its parsing.
      chunkSizeWarningLimit: 3000,
      target: `chrome${CHROMIUM}`,
      cssTarget: `chrome${CHROMIUM}`,
      minify: true,
      sourcemap: true,
      rolldownOptions: { input: inRoot('renderer/index.html') },
    },
  },
})
