import fs from 'node:fs'
import { attach, capture, npm, tool } from './child.mjs'
import { countPlaywright, countVitest } from './count-results.mjs'
import { hasDisplay } from './display.mjs'
import { inRoot, readJson } from './project.mjs'
import { SetupError } from './setup-error.mjs'

/** @typedef {import('./count-results.mjs').Count} Count */
/** @typedef {Count & { name: string, milliseconds: number }} Result */

/**
 * @typedef {object} Stage
 * @property {string} name
 * @property {'check' | 'unit' | 'e2e'} group what `--only` chooses
 * @property {string} turn stages of one turn run at the same time
 * @property {() => import('./child.mjs').Command} command
 * @property {NodeJS.ProcessEnv} [env]
 * @property {string} [report] the file that its runner writes
 * @property {(report: any, code: number) => Count} count
 */

const unitReport = inRoot('test/output/unit.json')

/** @type {(report: any, code: number) => Count} a check is one test: it holds or it does not */
const countCheck = (_, code) => ({ passed: Number(code === 0), failed: Number(code !== 0), skipped: 0 })

/** @type {(name: string) => Stage} */
const check = (name) => ({
  name,
  group: 'check',
  turn: 'checks',
  command: () => npm('run', '-s', `check:${name}`),
  count: countCheck,
})

/** @type {Stage} */
const unit = {
  name: 'unit',
  group: 'unit',
  turn: 'unit',
  command: () =>
    tool(
      'vitest',
      'run',
      '--config',
      'test/vitest.config.ts',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${unitReport}`,
    ),
  report: unitReport,
  count: countVitest,
}

/** @type {(name: string, turn: string, display: string, ...choice: string[]) => Stage} */
function windows(name, turn, display, ...choice) {
  const place = inRoot(`test/output/${name.replaceAll(/\W+/g, '-')}`)
  const report = `${place}.json`
  const options = ['--config', 'test/playwright.config.ts', '--reporter=list,json', `--output=${place}`]
  return {
    name,
    group: 'e2e',
    turn,
    command: () => onDisplay(tool('playwright', 'test', ...options, ...choice), display),
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: report },
    report,
    count: countPlaywright,
  }
}

/**
 * The stages of a computer with a display of its own; without one each half of the windows gets a virtual display, so that
 * neither takes the focus or the clipboard from the other.
 * @param {boolean} display
 * @returns {readonly Stage[]}
 */
export const stagesFor = (display) => [
  ...['types', 'lint', 'format'].map(check),
  unit,
  ...(display
    ? [windows('end to end', 'windows', '99', '--project=windows')]
    : [1, 2].map((half) =>
        windows(`end to end ${half}`, 'windows', `${half}99`, '--project=windows', `--shard=${half}/2`),
      )),
  windows('end to end, timed', 'timed', '99', '--project=timed'),
]

export const stages = stagesFor(hasDisplay())

/**
 * The command with a virtual display, wide enough for the whole window, where there is no real one.
 * @param {import('./child.mjs').Command} command
 * @param {string} from the first display that is tried: two that start at the same time must not try the same
 * @returns {import('./child.mjs').Command}
 */
const onDisplay = (command, from) =>
  hasDisplay() ? command : ['xvfb-run', '-a', '-n', from, '-s', '-screen 0 1920x1200x24', ...command]

/**
 * @param {string[]} args
 * @returns {readonly Stage[]}
 */
export function chooseStages(args) {
  if (args.length === 0) return stages
  const groups = [...new Set(stages.map(({ group }) => group))]
  const chosen = stages.filter(({ group }) => args[0] === '--only' && args.length === 2 && group === args[1])
  if (chosen.length) return chosen
  throw new SetupError({
    title: 'These options are not known',
    expected: `nothing, or --only ${groups.join(' | ')}`,
    came: args.join(' '),
    advice: 'For instance: npm test -- --only unit',
  })
}

/**
 * @param {readonly Stage[]} chosen
 * @returns {readonly (readonly Stage[])[]} those of an inner list go together
 */
export const inTurns = (chosen) =>
  [...new Set(chosen.map(({ turn }) => turn))].map((turn) => chosen.filter((stage) => stage.turn === turn))

/**
 * Runs stages: one alone in this terminal, so that its own output streams; of several the output comes at the end of each.
 * @param {readonly Stage[]} together
 * @returns {Promise<Result[]>}
 */
export const runTurn = (together) =>
  Promise.all(together.map((stage) => runStage(stage, together.length > 1 ? showAtEnd : stream)))

/**
 * @param {Stage} stage
 * @param {typeof stream} show
 * @returns {Promise<Result>}
 */
async function runStage({ name, command, env, report, count }, show) {
  const begun = Date.now()
  if (report) fs.rmSync(report, { force: true }) // else a runner that crashes would be counted by its last report
  const code = await show(name, command(), { ...process.env, ...env })
  return { name, ...count(report && readJson(report), code), milliseconds: Date.now() - begun }
}

/**
 * @param {string} name
 * @param {import('./child.mjs').Command} command
 * @param {NodeJS.ProcessEnv} env
 */
async function stream(name, command, env) {
  console.log(`\n── ${name} ──`)
  return attach(command, { env })
}

/** @type {typeof stream} */
async function showAtEnd(name, command, env) {
  const { code, output } = await capture(command, { env })
  console.log(`\n── ${name} ──\n${output.trimEnd()}`)
  return code
}
