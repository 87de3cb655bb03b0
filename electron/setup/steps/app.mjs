import fs from 'node:fs'
import { buildStep } from '../build-step.mjs'
import { inRoot } from '../project.mjs'

const note = 'out/.sources'

/** Main, preload, engine, workers, command line and window. Tests and these setup programs are none of it. */
export const app = buildStep({
  name: 'app',
  script: 'build:app',
  sources: ['core', 'electron', 'renderer', 'package.json', 'package-lock.json'],
  skip: (file) => file === 'electron/setup',
  products: ['out/main/main.cjs', 'out/main/nabla.cjs'],
  note,
})

/** For who writes into out/ by other means: the next setup then builds anew. */
export const forgetBuild = () => fs.rmSync(inRoot(note), { force: true })
