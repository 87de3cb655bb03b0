import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { isLeftover } from '../../../core/node/files/write-atomic'
import { createRandom } from '../../../core/random/create-random'
import { buildNabla } from '../cli/build-nabla'
import { experiments, writeExperiments, type ExperimentName } from './experiments'

/** NABLA_KILLS=25 is the whole proof; a few of them run each time. */
const points = Number(process.env.NABLA_KILLS ?? 6)
/** Kills at most that one run has to bear. */
const mostKills = 3
const names = Object.keys(experiments) as ExperimentName[]

let folder = ''
let program = ''
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'nabla-kill-'))
  writeExperiments(folder)
  program = await buildNabla('resume')
}, 60_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** When a run dies: so many milliseconds after that epoch is reported, or after the start for 0. */
interface Moment {
  readonly epoch: number
  readonly delay: number
}

interface Ending {
  readonly killed: boolean
  readonly code: number | null
  readonly err: string
}

/** Runs the program to its end, or to the moment when it is killed. */
async function nabla(typed: readonly string[], moment?: Moment): Promise<Ending> {
  const child = spawn(process.execPath, [program, '--json', ...typed], { cwd: folder })
  const kill = async (delay: number): Promise<void> => {
    await wait(delay)
    child.kill('SIGKILL')
  }
  let err = ''
  child.stderr.on('data', (text) => (err += String(text)))
  let out = ''
  let armed = moment?.epoch === 0
  if (armed) void kill(moment!.delay)
  child.stdout.on('data', (text) => {
    out += String(text)
    if (!moment || armed || !out.includes(`{"type":"epoch","epoch":${moment.epoch},`)) return
    armed = true
    void kill(moment.delay)
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => resolve({ killed: signal === 'SIGKILL', code, err }))
  })
}

const read = (run: string, file: string): string => readFileSync(join(folder, run, file), 'utf8')

/** What must be equal: the weights, and the history but for its seconds. */
function resultOf(run: string): { fingerprint: unknown; history: string[] } {
  const { fingerprint } = JSON.parse(read(run, 'run.json')) as { fingerprint: unknown }
  const history = read(run, 'history.csv')
    .split('\n')
    .map((line) => line.replace(/^([^,]*,[^,]*),[^,]*/, '$1'))
  return { fingerprint, history }
}

const unbroken = new Map<ExperimentName, Promise<ReturnType<typeof resultOf>>>()

function unbrokenResult(name: ExperimentName): Promise<ReturnType<typeof resultOf>> {
  const made = unbroken.get(name) ?? trainWhole(name)
  unbroken.set(name, made)
  return made
}

async function trainWhole(name: ExperimentName): Promise<ReturnType<typeof resultOf>> {
  const { code, err } = await nabla(['train', `${name}.json`, '--out', `${name}-whole`])
  expect([code, err]).toEqual([0, ''])
  return resultOf(`${name}-whole`)
}

/** The first three are those that chance hardly hits: at once, at the end, and while the data is read; the others are drawn. */
function momentOf(point: number, kill: number, name: ExperimentName): Moment {
  const random = createRandom(7).split('kills').split(point).split(kill)
  const { epochs } = experiments[name].training
  const soon = Math.floor(random.uniform() * 40)
  if (kill === 0 && point === 0) return { epoch: 0, delay: 0 }
  if (kill === 0 && point === 1) return { epoch: epochs, delay: soon / 4 }
  if (kill === 0 && point === 2) return { epoch: 0, delay: 150 + 5 * soon }
  return { epoch: Math.floor(random.uniform() * epochs), delay: soon }
}

/** A killed run goes on with --resume, unless it was killed before it had a folder: the program says so then. */
function command(name: ExperimentName, run: string): string[] {
  const typed = ['train', `${name}.json`, '--out', run, '--checkpoint', '0']
  return existsSync(join(folder, run)) ? [...typed, '--resume'] : typed
}

const noLeftovers = (run: string): string[] =>
  readdirSync(join(folder, run), { recursive: true, encoding: 'utf8' }).filter((name) =>
    isLeftover(name.split(/[\\/]/).at(-1)!),
  )

it.concurrent.each(
  Array.from({ length: points }, (_, point) => ({ point, name: names[point % names.length]! })),
)(
  'killed at point $point, $name ends with the bits of a run that was never stopped',
  async ({ point, name }) => {
    const run = `${name}-${point}`
    const random = createRandom(11).split(point)
    const kills = 1 + Math.floor(random.uniform() * mostKills)
    let killed = 0
    for (let kill = 0; kill < kills; kill++) {
      const ending = await nabla(command(name, run), momentOf(point, kill, name))
      if (ending.killed) killed++
      else expect(ending).toMatchObject({ code: 0, err: '' })
    }
    expect(killed).toBeGreaterThan(0)
    expect(await nabla(command(name, run))).toEqual({ killed: false, code: 0, err: '' })
    expect(resultOf(run)).toEqual(await unbrokenResult(name))
    expect(noLeftovers(run)).toEqual([])
  },
  120_000,
)
