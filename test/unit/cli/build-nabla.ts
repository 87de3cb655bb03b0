import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/**
 * Builds the command line as the app's build does; gives its file, which plain Node and Electron's Node can run.
 * @param user the test that it is for: two tests at a time must not write the same file
 */
export const buildNabla = (user: string): Promise<string> =>
  buildProgram('core/node/cli/start.ts', user, 'nabla')

/** The same for another program of the project. */
export async function buildProgram(entry: string, user: string, name = user): Promise<string> {
  const outDir = `${root}test/output/nabla-${user}`
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: true,
      outDir,
      emptyOutDir: false,
      target: 'node18.15',
      rolldownOptions: {
        input: { [name]: root + entry },
        external: [/^@duckdb\//, /^@resvg\//],
        output: { format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: '[name]-[hash].cjs' },
      },
    },
  })
  return `${outDir}/${name}.cjs`
}
