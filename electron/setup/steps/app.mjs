import { buildStep } from '../build-step.mjs'

/** Main, preload, engine, workers, command line and window. Tests and these setup programs are none of it. */
export const app = buildStep({
  name: 'app',
  script: 'build:app',
  sources: ['core', 'electron', 'renderer', 'package.json', 'package-lock.json'],
  skip: (file) => file === 'electron/setup',
  products: ['out/main/main.cjs', 'out/main/nabla.cjs'],
  note: 'out/.sources',
})
