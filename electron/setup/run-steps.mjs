import { withLock } from './lock.mjs'
import { seconds } from './seconds.mjs'
import { SetupError, helpText } from './setup-error.mjs'
import { checkDisk } from './steps/disk.mjs'
import { checkNode } from './steps/node.mjs'

/**
 * One step of the setup.
 * @typedef {object} Step
 * @property {string} name
 * @property {number} [bytes] free disk space that running it needs
 * @property {() => string} [place] the folder whose disk it needs; the project's by default
 * @property {() => boolean | Promise<boolean>} isDone quick: it runs every time
 * @property {() => Promise<string | void>} run throws a SetupError; may give a word about what it did
 */

/** @typedef {{ out?: NodeJS.WritableStream, quiet?: boolean, forgive?: Step[] }} StepOptions */

/**
 * Runs the steps that are not done, in order, one tidy line each. Quick when there is nothing to do.
 * @param {Step[]} steps
 * @param {StepOptions} [options] `quiet` says nothing unless something is run; a failing step in `forgive` is
 *   reported, and the setup goes on without it
 */
export async function runSteps(steps, { out = process.stdout, quiet = false, forgive = [] } = {}) {
  const begun = Date.now()
  checkNode()
  if ((await pending(steps)).length === 0) {
    if (!quiet) out.write(`Everything is set up (${seconds(Date.now() - begun)})\n`)
    return
  }
  await withLock(out, async () => {
    checkDisk(await pending(steps))
    for (const step of steps) {
      // Asked again one by one: a step may have been done by another setup, or undone by the step before.
      if (!(await step.isDone())) await runStep(step, out, forgive.includes(step))
    }
  })
  if (!quiet) out.write(`Everything is set up (${seconds(Date.now() - begun)})\n`)
}

/** @param {Step[]} steps */
async function pending(steps) {
  const done = await Promise.all(steps.map((step) => step.isDone()))
  return steps.filter((_, index) => !done[index])
}

/**
 * @param {Step} step
 * @param {NodeJS.WritableStream} out
 * @param {boolean} forgiven
 */
async function runStep(step, out, forgiven) {
  const begun = Date.now()
  out.write(`  ${step.name.padEnd(16)} … `)
  try {
    const word = await step.run()
    out.write(`${seconds(Date.now() - begun)}${word ? `  ${word}` : ''}\n`)
  } catch (error) {
    out.write(`failed after ${seconds(Date.now() - begun)}\n`)
    if (!forgiven || !(error instanceof SetupError)) throw error
    out.write(helpText(error) + '\n')
  }
}
