import Module from 'node:module'
import { inRoot } from './project.mjs'
import { program } from './program.mjs'
import { runSteps } from './run-steps.mjs'
import { forCommandLine } from './steps/all.mjs'

/**
 * Builds what is missing, saying so on stderr only, then turns this process into the built program: its arguments,
 * exit code and signals are then its own, with nobody in between.
 * @param {string} file relative to the project
 */
export const runBuilt = (file) =>
  program(async () => {
    await runSteps(forCommandLine, { out: process.stderr, quiet: true })
    process.argv[1] = inRoot(file)
    Module.runMain()
  })
