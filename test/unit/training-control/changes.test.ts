import { describe, expect, it } from 'vitest'
import type { Backend } from '../../../core/backends/backend'
import { createReferenceBackend } from '../../../core/backends/reference/reference-backend'
import { createWasmBackend } from '../../../core/backends/wasm/wasm-backend'
import { plainView } from '../../../core/charts/curves'
import { toHistory } from '../../../core/charts/history'
import { curveCharts } from '../../../core/charts/run-charts'
import { lightTheme } from '../../../core/charts/theme'
import { historyCsv } from '../../../core/node/run-folder/history-csv'
import { parseExperiment } from '../../../core/experiment/read'
import type { Change, ChangeSettings, Experiment, ExperimentInput } from '../../../core/experiment/schema'
import { writeExperiment } from '../../../core/experiment/write'
import type { ChangeEvent, EndEvent, StepEvent, TrainingEvent } from '../../../core/training/events'
import { settingProblems } from '../../../core/training/setting-problems'
import { createTrainer } from '../../../core/training/trainer'
import type { Trainer } from '../../../core/training/trainer-api'
import { everyBackend } from '../backends/fast-backends'
import { pageOf } from '../data/tables'
import { expectNear } from '../kinds/run'
import { makeData, makeExperiment, tickingClock } from '../training/problem'

const network = [
  { type: 'dense', units: 8 },
  { type: 'tanh' },
  { type: 'dropout', rate: 0.4 },
  {
    type: 'residual',
    layers: [
      { type: 'dense', units: 8 },
      { type: 'gaussian-noise', deviation: 0.2 },
    ],
  },
  { type: 'output' },
]
const wish = (more: Partial<ExperimentInput> = {}): Experiment =>
  makeExperiment({ network, training: { epochs: 8, batchSize: 16, seed: 5, keep: 'last' }, ...more })
const withList = (changes: NonNullable<ExperimentInput['training']>['changes'], more = {}): Experiment => {
  const experiment = wish(more)
  return parseExperiment({ ...experiment, training: { ...experiment.training, changes } })
}

const start = (
  experiment: Experiment,
  backend: Backend = createReferenceBackend(),
  resume?: object,
): Trainer =>
  createTrainer({ experiment, data: makeData('category'), backend, clock: tickingClock(), ...resume })
const run = (experiment: Experiment): TrainingEvent[] => [...start(experiment).events]
const endOf = (events: readonly TrainingEvent[]): EndEvent => events.at(-1) as EndEvent
const stepsOf = (events: readonly TrainingEvent[]): StepEvent[] =>
  events.filter((event) => event.type === 'step')
const changesOf = (events: readonly TrainingEvent[]): ChangeEvent[] =>
  events.filter((event) => event.type === 'change')

/** Pulls to the end, and changes settings after steps, counted from 1; 0 is before the first pull. */
function runLive(trainer: Trainer, changes: Readonly<Record<number, ChangeSettings>>): TrainingEvent[] {
  const events: TrainingEvent[] = []
  if (changes[0]) trainer.change(changes[0])
  for (const event of trainer.events) {
    events.push(event)
    const due = event.type === 'step' ? changes[event.step] : undefined
    if (due) trainer.change(due)
  }
  return events
}

/** 54 rows: 4 batches of 16 an epoch, or 6 of 9. */
const live: Readonly<Record<number, ChangeSettings>> = {
  0: { layers: { 'network.2.rate': 0.1 } },
  3: { learningRate: 0.05 },
  // The last batch of the second epoch: everything waits for the third.
  8: { batchSize: 9, learningRate: 0.004 },
  // In the middle of the third: the rates at once, the others with the fourth.
  11: {
    learningRate: 0.03,
    batchSize: 32,
    schedule: { type: 'cosine' },
    layers: { 'network.2.rate': 0, 'network.3.layers.1.deviation': 0.5 },
  },
}

describe.each(everyBackend)('changes made while a training runs, on the %s backend,', (_, createBackend) => {
  const whole = () => {
    const trainer = start(wish(), createBackend())
    return { trainer, events: runLive(trainer, live) }
  }

  it('are recorded, and trained with from the start give the same bits', () => {
    const { trainer, events } = whole()
    const replay = parseExperiment(JSON.parse(writeExperiment(trainer.model().experiment)))
    const again = start(replay, createBackend())
    const replayed = [...again.events]
    const { seconds: _one, ...end } = endOf(events)
    expect(endOf(replayed)).toMatchObject(end)
    expect(changesOf(replayed)).toEqual(changesOf(events))
    expect(stepsOf(replayed)).toEqual(stepsOf(events))
    expect(again.model().experiment).toEqual(trainer.model().experiment)
    expect(end.fingerprint).not.toBe(endOf([...start(wish(), createBackend()).events]).fingerprint)
  })

  it.each([1, 2, 3, 4, 6])('are in a checkpoint of epoch %i, and it goes on with the same bits', (stopAt) => {
    const { events: undisturbed } = whole()
    const first = start(wish(), createBackend())
    const seen: TrainingEvent[] = []
    first.change(live[0]!)
    for (const event of first.events) {
      seen.push(event)
      if (event.type === 'step' && live[event.step]) first.change(live[event.step]!)
      if (event.type === 'epoch' && event.epoch === stopAt) break
    }
    const resume = structuredClone(first.checkpoint())
    const second = start(wish(), createBackend(), { resume })
    const { 0: _first, ...later } = live
    const after = runLive(second, later)
    const { seconds: _, ...end } = endOf(undisturbed)
    expect(endOf(after)).toMatchObject(end)
    expect([...changesOf(seen), ...changesOf(after)]).toEqual(changesOf(undisturbed))
  })
})

describe('a change', () => {
  it('of the rate counts from the next batch, with the schedule’s factor', () => {
    const schedule = { type: 'exponential', factor: 0.5 }
    const rates = stepsOf(runLive(start(wish({ schedule })), { 5: { learningRate: 0.1 } }))
    expectNear(
      rates.slice(0, 9).map((event) => event.learningRate),
      [0.02, 0.02, 0.02, 0.02, 0.01, 0.05, 0.05, 0.05, 0.025],
      1e-12,
    )
  })

  it('of the batch size counts from the next epoch, and its steps say how many there are', () => {
    const events = stepsOf(runLive(start(wish()), { 2: { batchSize: 9 } }))
    expect(events.slice(0, 12).map(({ epoch, batch, batches }) => [epoch, batch, batches].join())).toEqual([
      ...['1,1,4', '1,2,4', '1,3,4', '1,4,4'],
      ...['2,1,6', '2,2,6', '2,3,6', '2,4,6', '2,5,6', '2,6,6'],
      ...['3,1,6', '3,2,6'],
    ])
  })

  it('of the batch size leaves a schedule by step at its place between the epochs', () => {
    const rateAt = (events: StepEvent[], epoch: number) =>
      events.find((event) => event.epoch === epoch && event.batch === 1)!.learningRate
    const schedule = { type: 'one-cycle' }
    const plain = stepsOf(run(wish({ schedule })))
    const changed = stepsOf(runLive(start(wish({ schedule })), { 6: { batchSize: 4 } }))
    for (const epoch of [3, 5, 8]) {
      const [a, b] = [rateAt(plain, epoch), rateAt(changed, epoch)]
      // The cycle's last step is one of more and smaller ones, which moves its ends a little.
      expect(Math.abs(a - b)).toBeLessThan(0.003)
    }
    expect(changed.at(-1)!.learningRate).toBeCloseTo(0.02 / 25e4, 6)
  })

  it('of the schedule begins a new one over the epochs that are left', () => {
    const rates = runLive(start(wish()), { 14: { schedule: { type: 'cosine' } } })
      .filter((event) => event.type === 'epoch')
      .map((event) => event.learningRate)
    const cosine = [0, 1, 2, 3].map((epoch) => 0.01 * (1 + Math.cos((Math.PI * epoch) / 4)))
    expectNear(rates, [0.02, 0.02, 0.02, 0.02, ...cosine], 1e-12)
  })

  it('of a schedule that remembers begins with nothing remembered', () => {
    const schedule = { type: 'reduce-on-plateau', patience: 0, threshold: 0.99, factor: 0.5 }
    const rates = runLive(start(wish({ schedule })), { 14: { schedule } })
      .filter((event) => event.type === 'epoch')
      .map((event) => event.learningRate / 0.02)
    expectNear(rates, [1, 1, 0.5, 0.25, 1, 1, 0.5, 0.25], 1e-12)
  })

  it('of a dropout to 0 turns it off: an unlike seed of the masks no longer matters', () => {
    const noise = [{ epoch: 1, set: { layers: { 'network.2.rate': 0, 'network.3.layers.1.deviation': 0 } } }]
    const plain = network.map((layer) =>
      layer.type === 'dropout'
        ? { ...layer, rate: 0 }
        : layer.type === 'residual'
          ? {
              ...layer,
              layers: [
                { type: 'dense', units: 8 },
                { type: 'gaussian-noise', deviation: 0 },
              ],
            }
          : layer,
    )
    expect(endOf(run(withList(noise))).fingerprint).toBe(endOf(run(wish({ network: plain }))).fingerprint)
  })

  it('to what is in force anyway changes no bit', () => {
    const same = { learningRate: 0.02, batchSize: 16, layers: { 'network.2.rate': 0.4 } }
    const events = runLive(start(wish()), { 5: same, 20: same })
    expect(changesOf(events).map(({ step }) => step)).toEqual([5, 8, 20])
    expect(endOf(events).fingerprint).toBe(endOf(run(wish())).fingerprint)
  })

  it('tells where it takes effect: at once, and with the next epoch', () => {
    const events = runLive(start(wish()), live)
    expect(changesOf(events).map(({ epoch, batch, batches, step }) => [epoch, batch, batches, step])).toEqual(
      [
        [1, 1, 4, 0],
        [1, 4, 4, 3],
        [3, 1, 6, 8],
        [3, 4, 6, 11],
        [4, 1, 2, 14],
      ],
    )
    const list = (start(wish()).change(live[11]!) as Change[]).map(({ epoch, batch }) => [epoch, batch])
    expect(list).toEqual([[1, 1]])
  })

  it('gives back the memory of the programs that it replaces', () => {
    const backend = createWasmBackend()
    const places: number[] = []
    const watched: Backend = {
      ...{ name: backend.name, precision: backend.precision },
      createStore: (sizes) => backend.createStore(sizes),
      load: (plan, store) => {
        const program = backend.load(plan, store)
        places.push(program.input('features').byteOffset)
        return program
      },
    }
    const trainer = start(wish(), watched)
    for (const event of trainer.events)
      if (event.type === 'step' && event.batch === 1)
        trainer.change({ layers: { 'network.2.rate': event.epoch % 2 ? 0.3 : 0.2 } })
    // Whole batches and the last one of an epoch, each with new programs after a change.
    expect(places.length).toBeGreaterThan(16)
    expect(Math.max(...places.slice(6))).toBeLessThanOrEqual(Math.max(...places.slice(0, 6)))
  })
})

describe('with an optimizer that takes all rows at once, a change', () => {
  const experiment = (changes?: Change[]) =>
    withList(changes, {
      network: [{ type: 'dense', units: 6 }, { type: 'tanh' }, { type: 'output' }],
      optimizer: { type: 'l-bfgs' },
      training: { epochs: 12, seed: 5 },
    })

  it('of the rate keeps what the method remembers, and replays with the same bits', () => {
    const trainer = start(experiment())
    const events = runLive(trainer, { 4: { learningRate: 0.5 } })
    expect(changesOf(events).map(({ epoch, batch }) => [epoch, batch])).toEqual([[5, 1]])
    const replayed = run(trainer.model().experiment)
    expect(endOf(replayed).fingerprint).toBe(endOf(events).fingerprint)
    expect(stepsOf(events)[4]!.learningRate).toBe(0.5)
  })

  it('of the batch size is refused', () => {
    expect(pageOf(() => start(experiment()).change({ batchSize: 4 }))).toMatchObject({
      code: 'change-setting',
      place: { path: 'training.changes.0.set.batchSize' },
    })
  })
})

describe('a change is refused', () => {
  const refused = (set: object, experiment = wish()) => {
    const trainer = start(experiment)
    const page = pageOf(() => trainer.change(set))
    // Nothing was changed.
    expect(endOf([...trainer.events]).fingerprint).toBe(endOf(run(experiment)).fingerprint)
    return page
  }

  it('for a setting that no layer has, with those that there are', () => {
    expect(refused({ layers: { 'network.2.rat': 0.1 } })).toEqual({
      code: 'change-setting',
      expected:
        "a layer's setting that may change while it trains: network.2.rate, network.3.layers.1.deviation",
      came: '"network.2.rat"',
      advice: 'Did you mean "network.2.rate"?',
      place: { path: 'training.changes.0.set.layers.network.2.rat' },
    })
    expect(refused({ layers: { 'network.0.units': 4 } }).code).toBe('change-setting')
  })

  it.each([
    [{ layers: { 'network.2.rate': 1 } }, 'bad-setting', 'network.2.rate'],
    [{ learningRate: 0 }, 'bad-setting', 'training.changes.0.set.learningRate'],
    [{ batchSize: 1.5 }, 'bad-setting', 'training.changes.0.set.batchSize'],
    [{ schedule: { type: 'cosin' } }, 'unknown-kind', 'training.changes.0.set.schedule.type'],
    [{}, 'bad-setting', 'training.changes.0.set'],
    [{ units: 3 }, 'unknown-field', 'training.changes.0.set.units'],
  ])('%j', (set, code, path) => {
    expect(refused(set)).toMatchObject({ code, place: { path } })
  })

  it('when the training ends before it', () => {
    const trainer = start(wish())
    let last: object = {}
    for (const event of trainer.events) {
      if (event.type !== 'step' || event.epoch !== 8 || event.batch !== 2) continue
      last = pageOf(() => trainer.change({ learningRate: 0.1, batchSize: 4 }))
      expect(() => trainer.change({ learningRate: 0.1 })).not.toThrow()
    }
    expect(last).toMatchObject({ code: 'change-too-late', came: 'one that waits for epoch 9' })
    expect(pageOf(() => trainer.change({ learningRate: 0.1 })).code).toBe('change-too-late')
  })

  it('in a file in the middle of an epoch where it belongs between two', () => {
    const bad = withList([{ epoch: 2, batch: 3, set: { batchSize: 4 } }])
    const page = pageOf(() => start(bad))
    expect(page).toMatchObject({ code: 'change-place', place: { path: 'training.changes.0.batch' } })
    expect(settingProblems(bad, makeData('category').preprocessing.target)).toEqual([page])
  })
})

describe('a list of changes', () => {
  const changes = [
    { epoch: 5, set: { learningRate: 0.001 } },
    { epoch: 2, batch: 999, set: { learningRate: 0.05 } },
    { epoch: 3, batch: 2, set: { layers: { 'network.2.rate': 0.2 } } },
  ]

  it('is taken by place, and one beyond the end of its epoch with the next', () => {
    const events = run(withList(changes))
    expect(changesOf(events).map(({ epoch, batch, set }) => [epoch, batch, set.learningRate])).toEqual([
      [3, 1, 0.05],
      [3, 2, undefined],
      [5, 1, 0.001],
    ])
  })

  it.each([1, 2, 4, 5])('goes on from a checkpoint of epoch %i with the same bits', (stopAt) => {
    const whole = run(withList(changes))
    const first = start(withList(changes))
    for (const event of first.events) if (event.type === 'epoch' && event.epoch === stopAt) break
    const resume = structuredClone(first.checkpoint())
    const rest = [...start(withList(changes), createReferenceBackend(), { resume }).events]
    expect(endOf(rest).fingerprint).toBe(endOf(whole).fingerprint)
    expect(changesOf(rest)).toEqual(changesOf(whole).filter((event) => event.epoch > stopAt))
  })

  it('takes one that is made on the way in between', () => {
    const trainer = start(withList(changes))
    const events = runLive(trainer, { 13: { learningRate: 0.03 } })
    expect(changesOf(events).map(({ epoch, set }) => [epoch, set.learningRate])).toEqual([
      [3, 0.05],
      [3, undefined],
      [4, 0.03],
      [5, 0.001],
    ])
    expect(endOf(run(trainer.model().experiment)).fingerprint).toBe(endOf(events).fingerprint)
  })

  it('is kept by the file, one change a line, and not written where there is none', () => {
    const text = writeExperiment(withList(changes))
    expect(text).toContain('\n      { "epoch": 5, "batch": 1, "set": { "learningRate": 0.001 } },\n')
    expect(parseExperiment(JSON.parse(text))).toEqual(withList(changes))
    expect(writeExperiment(wish())).not.toContain('changes')
    expect(start(wish()).checkpoint()).not.toHaveProperty('course')
  })
})

describe('what is told of changes', () => {
  const events = runLive(start(wish()), live)
  const history = toHistory(events)

  it('are marks on the curves of loss and learning rate, at the batch where each takes effect', () => {
    for (const chart of curveCharts(history, plainView).filter(({ id }) => !id.startsWith('metric'))) {
      const { series } = chart.option(lightTheme) as {
        series: { markLine?: { data: { xAxis: number }[] } }[]
      }
      const places = series.flatMap(({ markLine }) => markLine?.data ?? []).map(({ xAxis }) => xAxis)
      expectNear(places.slice(0, 5), [0, 0.75, 2, 2.5, 3], 1e-12)
      const { header, rows } = chart.table()
      expect(header.at(-1)).toBe('changes')
      expect(
        rows
          .map((row) => row.at(-1))
          .filter(Boolean)
          .join(' | '),
      ).toContain('batch size 9')
    }
  })

  it('are words on the row of their epoch in history.csv, which has no such column without', () => {
    const lines = historyCsv(history.epochs, history.metrics, history.changes).split('\n')
    expect(lines[0]).toMatch(/,changes$/)
    expect(lines[1]).toMatch(/,batch 1: network\.2\.rate 0\.1; batch 4: learning rate 0\.05$/)
    expect(lines[2]).toMatch(/,$/)
    expect(lines[4]).toMatch(/,batch 1: batch size 32 and schedule cosine$/)
    expect(historyCsv(history.epochs, history.metrics)).not.toContain('changes')
  })
})
