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
 * @property {() => import('./child.mjs').Command} command
 * @property {NodeJS.ProcessEnv} [env]
 * @property {string} [report] the file that its runner writes
 * @property {(report: any, code: number) => Count} count
 */

const unitReport = inRoot('test/output/unit.json')
const endToEndReport = inRoot('test/output/e2e.json')

/** @type {(report: any, code: number) => Count} a check is one test: it holds or it does not */
const countCheck = (_, code) => ({ passed: Number(code === 0), failed: Number(code !== 0), skipped: 0 })

/** @type {Stage[]} */
export const stages = [
  { name: 'types', group: 'check', command: () => npm('run', '-s', 'check:types'), count: countCheck },
  { name: 'lint', group: 'check', command: () => npm('run', '-s', 'check:lint'), count: countCheck },
  { name: 'format', group: 'check', command: () => npm('run', '-s', 'check:format'), count: countCheck },
  {
    name: 'unit',
    group: 'unit',
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
  },
  {
    name: 'end to end',
    group: 'e2e',
    command: () =>
      onDisplay(tool('playwright', 'test', '--config', 'test/playwright.config.ts', '--reporter=list,json')),
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: endToEndReport },
    report: endToEndReport,
    count: countPlaywright,
  },
]

/**
 * The command with a virtual display, wide enough for the whole window, where there is no real one.
 * @param {import('./child.mjs').Command} command
 * @returns {import('./child.mjs').Command}
 */
const onDisplay = (command) =>
  hasDisplay() ? command : ['xvfb-run', '-a', '-s', '-screen 0 1920x1200x24', ...command]

/**
 * @param {string[]} args
 * @returns {Stage[]}
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
 * Stages that only read run at the same time, the others one after the other.
 * @param {readonly Stage[]} chosen
 * @returns {readonly (readonly Stage[])[]} those of an inner list go together
 */
export function inTurns(chosen) {
  const checks = chosen.filter(({ group }) => group === 'check')
  const others = chosen.filter(({ group }) => group !== 'check')
  return [...(checks.length ? [checks] : []), ...others.map((stage) => [stage])]
}

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
