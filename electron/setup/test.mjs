import fs from 'node:fs'
import { helpText } from './setup-error.mjs'
import { runSteps } from './run-steps.mjs'
import { chooseStages, inTurns, runTurn } from './stages.mjs'
import { forTests } from './steps/all.mjs'
import { inRoot } from './project.mjs'
import { lastLine, table } from './test-table.mjs'

// npm test: set everything up, then run every check and test, and count them in the last line.
/** @type {import('./stages.mjs').Result[]} */
const results = []
try {
  const stages = chooseStages(process.argv.slice(2))
  await runSteps(forTests)
  fs.mkdirSync(inRoot('test/output'), { recursive: true })
  let interrupted = false
  process.once('SIGINT', () => (interrupted = true))
  for (const turn of inTurns(stages)) if (!interrupted) results.push(...(await runTurn(turn)))
} catch (error) {
  console.error(helpText(error))
  results.push({ name: 'setup', passed: 0, failed: 1, skipped: 0, milliseconds: 0 })
}
console.log(`\n${table(results)}\n`)
console.log(lastLine(results))
process.exitCode = results.every(({ failed }) => failed === 0) ? 0 : 1
