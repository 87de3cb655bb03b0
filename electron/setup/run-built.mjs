import Module from 'node:module'
import path from 'node:path'
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
    goWhereTheUserIs(path.basename(file, '.cjs'))
    process.argv[1] = inRoot(file)
    Module.runMain()
  })

/**
 * npm starts scripts in the project's root; the paths among the arguments are meant from where npm was called.
 * @param {string} script ours, so that a script around us does not count
 */
function goWhereTheUserIs(script) {
  const { INIT_CWD, npm_lifecycle_event } = process.env
  if (INIT_CWD && npm_lifecycle_event === script) process.chdir(INIT_CWD)
}
