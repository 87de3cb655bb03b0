import { buildStep } from '../build-step.mjs'

const room = 'core/backends/wasm'
const csv = 'core/data/csv'

/** AssemblyScript to WebAssembly. The note of the sources lies beside the other tools' caches. */
export const kernels = buildStep({
  name: 'kernels',
  script: 'build:kernels',
  sources: [
    `${room}/kernels`,
    `${csv}/kernel`,
    `${room}/build.mjs`,
    'node_modules/assemblyscript/package.json',
  ],
  products: [`${room}/generated/kernels.ts`, `${csv}/generated/csv-kernel.ts`],
  note: 'node_modules/.cache/nabla-lab/kernels',
})
