import fs from 'node:fs'
import path from 'node:path'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'electron-vite'

// One build runs on the newest Electron and on 25.1, which is what the tests get without a network.
const NODE = 'node18.15'
const CHROMIUM = 114

const inRoot = (file: string) => path.resolve(import.meta.dirname, '..', file)

/** The programs that run on Node: name in out/main, and where each begins. */
const programs = {
  main: 'electron/main/main.ts',
  engine: 'electron/engine/engine.ts',
  worker: 'core/node/worker/worker-entry.ts',
  nabla: 'core/node/cli/main.ts',
  bench: 'core/node/bench/main.ts',
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
} as const

/**
 * While a program is being written its file may be missing; the build then says so and goes on with the others.
 */
function existing(entries: Record<string, string>): Record<string, string> {
  const present = Object.entries(entries).filter(([, file]) => fs.existsSync(inRoot(file)))
  return Object.fromEntries(present.map(([name, file]) => [name, inRoot(file)]))
}

export default defineConfig({
  main: {
    build: {
      outDir: inRoot('out/main'),
      target: NODE,
      externalizeDeps: false,
      sourcemap: true,
      rolldownOptions: { input: existing(programs), external: native, output: commonjs },
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
      target: `chrome${CHROMIUM}`,
      cssTarget: `chrome${CHROMIUM}`,
      minify: true,
      sourcemap: true,
      rolldownOptions: { input: inRoot('renderer/index.html') },
    },
  },
})
