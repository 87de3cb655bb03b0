import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** Builds the worker thread's program as the app's build does; gives its file. */
export async function buildWorker(): Promise<string> {
  const outDir = `${root}test/output/worker`
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: true,
      outDir,
      emptyOutDir: false,
      target: 'node20',
      rolldownOptions: {
        input: { worker: `${root}core/node/worker/worker-entry.ts` },
        external: [/^@duckdb\//, /^@resvg\//],
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  })
  return `${outDir}/worker.cjs`
}
