import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { contest, figuresOf, learnAlike, ratioOf, type Standing } from '../../../core/node/bench/contest'
import { contestTable } from '../../../core/node/bench/contest-table'
import type { Contestant } from '../../../core/node/bench/contestants'
import { extrasTable } from '../../../core/node/bench/extras'
import type { Answer, Job } from '../../../core/node/bench/job'
import { timeProducts } from '../../../core/node/bench/products'
import { reportOf } from '../../../core/node/bench/report'
import { runBench } from '../../../core/node/bench/run-bench'
import { createRunner, lastObject, type RunProgram } from '../../../core/node/bench/run-program'
import { median, pairedRatio, spread } from '../../../core/node/bench/statistics'
import { trainJob } from '../../../core/node/bench/train-job'
import { timeTwoThreads } from '../../../core/node/bench/two-threads'
import { bareOf, inTurn, timeWatching, type Side } from '../../../core/node/bench/watched'
import { costOfWhole } from '../../../core/node/bench/watched-whole'
import { costOf } from '../../../core/node/bench/watching-cost'
import { jobOf } from '../../../core/node/bench/job'
import { writeData } from '../../../core/node/bench/workload-data'
import { workloads } from '../../../core/node/bench/workloads'

const [iris] = workloads

const contestant = (name: string): Contestant => ({
  name,
  own: name === 'own',
  takes: ({ type }) => name === 'own' || type === 'dense',
  call: (job) => ({ words: [name, JSON.stringify(job)] }),
})

/** Programs that answer at once: the peer takes twice as long as ours. */
const heard: string[] = []
const fake: RunProgram = ({ words }) => {
  const [name = '', text = ''] = words
  const { seeds } = JSON.parse(text) as Job
  heard.push(`${name} ${seeds.join()}`)
  const factor = name === 'own' ? 1 : 2
  const answer: Answer = {
    version: '1',
    seconds: seeds.map((seed) => factor * (1 + seed / 10)),
    losses: seeds.map((seed) => 0.1 + seed / 1000),
    scores: seeds.map(() => 0.9),
    peakMemory: 2 ** 20 * factor,
  }
  return Promise.resolve({ out: `a library talks\n${JSON.stringify(answer)}\n`, seconds: 1 })
}

const options = {
  contestants: [contestant('own'), contestant('peer')],
  folder: '/nowhere',
  rounds: 2,
  runs: 2,
  run: fake,
}

it('lets everyone have a turn in each round, with seeds that count on', async () => {
  heard.length = 0
  const { standings } = await contest(iris!, options)
  expect(heard).toEqual(['own 1,2', 'peer 1,2', 'own 3,4', 'peer 3,4'])
  expect(standings.map(({ name, rounds }) => [name, rounds])).toEqual([
    [
      'own',
      [
        [1.1, 1.2],
        [1.3, 1.4],
      ],
    ],
    [
      'peer',
      [
        [2.2, 2.4],
        [2.6, 2.8],
      ],
    ],
  ])
  expect(ratioOf(standings[0]!, standings[1]!)).toEqual({ median: 2, fastest: 2, range: [2, 2] })
})

it('asks fewer trainings of who takes minutes, but enough to know how much their losses vary', async () => {
  const slow = { ...contestant('slow'), most: 1 }
  for (const [rounds, each] of [
    [5, 1],
    [2, 2],
  ] as const) {
    const few = { ...options, contestants: [contestant('own'), slow], rounds, runs: 3 }
    const { standings } = await contest(iris!, few)
    expect(standings.map(({ losses }) => losses.length)).toEqual([rounds * 3, rounds * each])
  }
  const single = await contest(iris!, { ...options, rounds: 1, runs: 1 })
  expect(single.standings.map(({ losses }) => losses.length)).toEqual([3, 3])
})

it('measures products stored in all four ways', () => {
  // Seconds that pass by one at each look: two products of 2 · 128 · 784 · 256 operations take one.
  let now = 0
  const speeds = timeProducts(() => now++)
  expect(speeds.map(({ name }) => name)).toEqual(['A·B', 'Aᵀ·B', 'A·Bᵀ', 'Aᵀ·Bᵀ'])
  for (const { median, fastest } of speeds) {
    expect(median).toBeCloseTo((2 * 2 * 128 * 784 * 256) / 1e9, 12)
    expect(fastest).toBe(median)
  }
})

it('leaves out who cannot take a workload', async () => {
  const images = workloads.find(({ id }) => id === 'w5')!
  expect((await contest(images, options)).standings).toHaveLength(1)
})

it('writes a line for each contestant, columns under each other', async () => {
  const table = contestTable([await contest(iris!, options)])
  const lines = table.split('\n')
  expect(lines).toHaveLength(6)
  expect(lines[1]).toMatch(/^W1 iris +own +1\.250 +1\.100 +24\.0 % +0\.1025 ± 0\.0013 +0\.9000 +1$/)
  expect(lines[2]).toMatch(/^ +peer +2\.500 /)
  expect(lines[5]).toMatch(/^own \/ peer +W1 +2\.00× +2\.00× +2\.00–2\.00 +yes +0\.50×$/)
})

it('reports all figures as plain data', async () => {
  const results = [await contest(iris!, options)]
  const extras = {
    whole: [{ name: 'nabla train', seconds: [0.5, 0.7, 0.6] }],
    watched: [
      costOf('w1', [
        { bare: 1, told: 1.25, watched: 1.5, whole: 0.1 },
        { bare: 2, told: 2, watched: 2.25, whole: null },
        { bare: 4, told: 4, watched: 5, whole: 0.2 },
      ]),
    ],
    products: [{ name: 'Aᵀ·B', median: 45.5, fastest: 48 }],
    threads: { one: [3, 4, 5], two: [2, 2, 2.5] },
    tables: [
      { name: 'nabla', seconds: [0.5, 0.4], first: [0.7], peakMiB: [260] },
      { name: 'pandas', seconds: [0.6, 0.6], first: [0.8], peakMiB: [200] },
    ],
  }
  const machine = { processor: 'p', pinned: true, node: '20' }
  const report = reportOf({ version: '1', machine, backends: ['wasm'], rounds: 2, runs: 2, results, extras })
  expect(JSON.parse(JSON.stringify(report))).toEqual(report)
  expect(report.workloads[0]!.ratios).toMatchObject([
    { own: 'own', peer: 'peer', median: 2, learnsAlike: true },
  ])
  expect(report.watched[0]!.all).toEqual([0.5, 0.125, 0.25])
  const table = extrasTable(extras)
  expect(table).toMatch(/nabla train +0\.6000 +0\.5000 +33\.3 %/)
  expect(table).toMatch(/Aᵀ·B +45\.50 +48\.00/)
  expect(table).toMatch(/W1 +20\.0 % +12\.5 % +25\.0 % +25\.0 % +12\.5 % +50\.0 % +15\.0 % +10\.0 % +20\.0 %/)
  expect(table).toMatch(/pandas +0\.6000 +0\.6000 +0\.8000 +200\.0 +0\.75× +1\.30×/)
  expect(table).toMatch(/2 threads +2\.000 +2\.000 +2\.00× +1\.50–2\.00 +1\.50×/)
})

const standing = (losses: readonly number[]): Standing => ({
  ...{ name: '', own: true, version: '', rounds: [[1]], scores: [1], peakMemory: 1 },
  losses,
})

it('finds out who is fast and wrong', () => {
  const own = standing([0.3, 0.31, 0.29, 0.3])
  expect(learnAlike(own, standing([0.31, 0.3, 0.29, 0.32]))).toBe(true)
  expect(learnAlike(own, standing([0.36, 0.35, 0.37, 0.36]))).toBe(false)
  expect(learnAlike(own, standing([0.3, 0.3]))).toBeNull()
  // Another algorithm, whose loss is another.
  expect(learnAlike(own, standing([]))).toBeNull()
  expect(figuresOf(standing([])).loss).toBeNull()
})

it('knows a median and a spread', () => {
  expect([median([3, 1, 2]), median([4, 1, 3, 2]), spread([2, 1, 3])]).toEqual([2, 2.5, 1])
  // Each pair is 2 to 1 but for one, of which the half in the middle knows nothing.
  const ones = [1, 2, 3, 4, 5, 6, 7, 8]
  const twos = ones.map((value) => (value === 3 ? 60 : 2 * value))
  expect(pairedRatio(twos, ones)).toEqual({ median: 2, half: [2, 2] })
  expect(pairedRatio([1, 2, 3, 4], [1, 1, 1, 1])).toEqual({ median: 2.5, half: [2, 3] })
  const { loss } = figuresOf(standing([1, 2, 3]))
  expect(loss).toEqual({ mean: 2, deviation: 1 })
})

it('compares whole trainings with those that were timed right before or after', () => {
  // A machine that becomes three times slower on the way.
  expect(costOfWhole({ bare: [1, 2, 3], watched: [1.25, 2.5, 4.5] })).toBe(0.25)
})

it('trains the iris job to what scikit-learn and PyTorch reach, whatever the seed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'nabla-bench-test-'))
  try {
    writeData(folder, iris!)
    const job = jobOf(iris!, folder, { warm: false, seeds: [1, 2, 3] })
    const answer = trainJob(job, 'wasm', () => 0)
    // Final losses of both over seeds lie around 0.032, give or take 0.004.
    for (const loss of answer.losses) expect(Math.abs(loss - 0.032)).toBeLessThan(0.02)
    for (const score of answer.scores) expect(score).toBeGreaterThan(0.96)
    expect(new Set(answer.losses).size).toBe(3)
    const threads = timeTwoThreads(job, 'wasm', () => performance.now(), { pairs: 4, seconds: 0.0001 })
    expect([threads.one, threads.two].map((side) => side.filter((taken) => taken > 0).length)).toEqual([4, 4])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

it('takes the same steps on all sides in turn, and knows what each of them takes', () => {
  let seconds = 0
  const clocks = { clock: () => seconds, processor: () => seconds }
  /** Each step takes so long; all go on until a step that can be divided by `unit`. */
  const sideOf = (each: number, unit: number): Side => {
    let done = 0
    return (steps) => {
      while (done < steps || done % unit) {
        done++
        seconds += each
      }
      return done
    }
  }
  let advanced = 0
  const advance = (steps: number): void => {
    advanced += steps
    seconds += steps / 4
  }
  const sides = [bareOf({ advance }), sideOf(0.5, 7), sideOf(0.75, 3)]
  for (const steps of [1, 20])
    expect(inTurn(sides, { steps, seconds: 400 }, clocks)).toEqual([0.25, 0.5, 0.75])
  const ends = sides.map((side) => side(0))
  expect(ends[0]).toBe(advanced)
  expect(Math.max(...ends) - Math.min(...ends)).toBeLessThan(7)
})

it('times the iris job bare, told and watched', () => {
  const folder = mkdtempSync(join(tmpdir(), 'nabla-bench-test-'))
  try {
    writeData(folder, iris!)
    const job = jobOf(iris!, folder, { warm: false, seeds: [1] })
    const clock = (): number => performance.now() / 1000
    const times = timeWatching(
      job,
      'wasm',
      { clock, processor: clock },
      { stretch: 1e-3, warm: 0.1, counted: 0.1 },
    )
    for (const time of [times.bare, times.told, times.watched]) expect(time).toBeGreaterThan(0)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

it('runs a program to its end and hears what it printed; a failure becomes a help page', async () => {
  const run = createRunner([], new AbortController().signal)
  const ended = await run({
    words: [process.execPath, '-e', 'console.log("words"); console.log("{\\"a\\":1}")'],
  })
  expect([lastObject(ended), ended.seconds > 0]).toEqual([{ a: 1 }, true])
  const failing = run({ words: [process.execPath, '-e', 'console.error("no such module"); process.exit(3)'] })
  await expect(failing).rejects.toMatchObject({ code: 'bench-program', came: 'no such module' })
})

it('stops at once when it is asked to', async () => {
  const abort = new AbortController()
  const run = createRunner(
    [],
    abort.signal,
  )({ words: [process.execPath, '-e', 'setTimeout(() => {}, 60000)'] })
  setTimeout(() => abort.abort(), 50)
  await expect(run).rejects.toThrow()
})

it('answers bad words with a help page and code 2', async () => {
  let err = ''
  const host = {
    terminal: { out: () => undefined, err: (text: string) => (err += text), watched: false, colours: false },
    ...{ folder: tmpdir(), program: 'absent.cjs', onInterrupt: () => () => undefined },
  }
  expect(await runBench(['--only', 'w9'], host)).toBe(2)
  expect(err).toContain('"w9" is none of w1, w2, w3, w4, w5, w6')
  expect(await runBench(['--round', '9'], host)).toBe(2)
  expect(err).toContain('npm run bench -- --help')
  expect(await runBench(['--backends', 'wasm,tape'], host)).toBe(2)
  expect(err).toContain('"tape" is none of auto, wasm, native, reference')
})
