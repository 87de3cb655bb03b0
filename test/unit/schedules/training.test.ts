import { describe, expect, it } from 'vitest'
import type { Backend } from '../../../core/backends/backend'
import { createReferenceBackend } from '../../../core/backends/reference/reference-backend'
import type { PreparedData } from '../../../core/data/prepared'
import { parseExperiment } from '../../../core/experiment/read'
import type { ExperimentInput } from '../../../core/experiment/schema'
import { writeExperiment } from '../../../core/experiment/write'
import type { EndEvent, EpochEvent, StepEvent, TrainingEvent } from '../../../core/training/events'
import { rowWeights } from '../../../core/training/row-weights'
import { createTrainer } from '../../../core/training/trainer'
import { everyBackend } from '../backends/fast-backends'
import { pageOf } from '../data/tables'
import { expectNear } from '../kinds/run'
import { makeData, makeExperiment, tickingClock } from '../training/problem'

const training = (more: NonNullable<ExperimentInput['training']> = {}) => ({
  epochs: 6,
  batchSize: 16,
  seed: 5,
  ...more,
})

function start(changes: Partial<ExperimentInput>, data = makeData('category'), backend?: Backend) {
  const options = { data, backend: backend ?? createReferenceBackend(), clock: tickingClock() }
  return createTrainer({ experiment: makeExperiment({ training: training(), ...changes }), ...options })
}

const run = (changes: Partial<ExperimentInput>, data?: PreparedData): TrainingEvent[] => [
  ...start(changes, data).events,
]
const only = <T extends TrainingEvent>(events: TrainingEvent[], type: T['type']): T[] =>
  events.filter((event): event is T => event.type === type)
const endOf = (events: TrainingEvent[]): EndEvent => events.at(-1) as EndEvent

const everything: Partial<ExperimentInput> = {
  optimizer: { type: 'adam', learningRate: 0.1, amsgrad: true },
  schedule: { type: 'reduce-on-plateau', patience: 0, threshold: 0.3, warmup: 3, warmupUnit: 'steps' },
  regularization: { l1: 0.001, l2: 0.001, maxNorm: 2 },
  clip: { by: 'layer', limit: 1 },
  training: training({ epochs: 8, accumulate: 3, averaging: { decay: 0.9 }, classWeights: 'balanced' }),
}
const settings: [string, Partial<ExperimentInput>][] = [
  ['everything around the update', everything],
  ['one cycle', { schedule: { type: 'one-cycle' }, training: training({ epochs: 8 }) }],
]

describe.each(everyBackend)('on the %s backend, a training', (_, createBackend) => {
  it.each(settings)('with %s goes on from any epoch with the same bits', (_, changes) => {
    const whole = endOf([...start(changes, undefined, createBackend()).events])
    for (const stopAt of [1, 4, 7]) {
      const first = start(changes, undefined, createBackend())
      for (const event of first.events) if (event.type === 'epoch' && event.epoch === stopAt) break
      const second = createTrainer({
        experiment: makeExperiment({ ...changes }),
        data: makeData('category'),
        backend: createBackend(),
        clock: tickingClock(),
        resume: structuredClone(first.checkpoint()),
      })
      const end = endOf([...second.events])
      expect(end.fingerprint).toBe(whole.fingerprint)
      expect(end.metrics).toEqual(whole.metrics)
    }
  })
})

describe('a schedule in a training', () => {
  const steps = 4

  it('by step moves within an epoch: one cycle rises to the rate set, and ends near 0', () => {
    const rates = only<StepEvent>(run({ schedule: { type: 'one-cycle' } }), 'step').map((e) => e.learningRate)
    expect(rates.length).toBe(6 * steps)
    expect(new Set(rates.slice(0, steps)).size).toBe(steps)
    expectNear([rates[0]!, rates.at(-1)!], [0.02 / 25, 0.02 / 25e4], 1e-9)
    expect(Math.max(...rates)).toBeLessThanOrEqual(0.02)
    expect(Math.max(...rates)).toBeGreaterThan(0.0199)
  })

  it('by epoch stays within one', () => {
    const events = only<StepEvent>(run({ schedule: { type: 'exponential', factor: 0.5 } }), 'step')
    expectNear(
      events.map((event) => event.learningRate),
      events.map((event) => 0.02 * 0.5 ** (event.epoch - 1)),
      1e-12,
    )
  })

  it('by loss cuts the rate when the validation loss stays', () => {
    const schedule = { type: 'reduce-on-plateau', patience: 1, threshold: 0.9, factor: 0.5 }
    const rates = only<EpochEvent>(run({ schedule }), 'epoch').map((event) => event.learningRate)
    expectNear(rates, [0.02, 0.02, 0.02, 0.01, 0.01, 0.005], 1e-12)
  })

  it('counts updates, not batches, where gradients accumulate', () => {
    const schedule = { type: 'inverse-square-root', hold: 1 }
    const changes = { schedule, training: training({ epochs: 3, accumulate: 3 }) }
    const rates = only<StepEvent>(run(changes), 'step').map((event) => event.learningRate)
    const updatesBefore = [0, 0, 0, 1, 2, 2, 2, 3, 4, 4, 4, 5]
    expectNear(
      rates,
      updatesBefore.map((n) => 0.02 / Math.sqrt(Math.max(1, n))),
      1e-12,
    )
  })
})

describe('averaging', () => {
  it('keeps and evaluates the average: it lags behind, and is not the last weights', () => {
    const changes = { training: training({ keep: 'last', averaging: { decay: 0.99 } }) }
    const [plain, averaged] = [run({ training: training({ keep: 'last' }) }), run(changes)].map((events) => ({
      train: only<StepEvent>(events, 'step').map((event) => event.loss),
      validation: only<EpochEvent>(events, 'epoch').map((event) => event.validation!.loss!),
      end: endOf(events),
    }))
    expect(averaged!.train).toEqual(plain!.train)
    expect(averaged!.end.fingerprint).not.toBe(plain!.end.fingerprint)
    expect(averaged!.end.metrics.validation!.loss).toBe(averaged!.validation.at(-1))
    expect(averaged!.validation.at(-1)!).toBeGreaterThan(plain!.validation.at(-1)!)
  })
})

describe('class weights', () => {
  const rare = (): PreparedData => {
    const data = makeData('binary', 200)
    const train = data.splits.train.filter((row, i) => data.targets.values[row] === 0 || i % 10 === 0)
    return { ...data, splits: { ...data.splits, train } }
  }

  it('balanced give every class the same weight in all, counted on the training rows alone', () => {
    const data = rare()
    const weights = rowWeights({ classWeights: 'balanced' }, data)!
    const sums = [0, 0]
    for (const row of data.splits.train) sums[data.targets.values[row]!]! += weights[row]!
    expectNear(sums, [data.splits.train.length / 2, data.splits.train.length / 2], 1e-6)
  })

  it('find more of a rare class', () => {
    const recall = (classWeights?: 'balanced') => {
      const events = run(
        { training: training({ epochs: 40, ...(classWeights && { classWeights }) }) },
        rare(),
      )
      return endOf(events).metrics.test!.recallMacro!
    }
    expect(recall('balanced')).toBeGreaterThan(recall())
  })

  it('are in the losses that are shown, of training, validation and test', () => {
    const data = makeData('category')
    const one = (classWeights?: Record<string, number>) =>
      run({ training: training({ epochs: 1, ...(classWeights && { classWeights }) }) }, data)
    expect(endOf(one({ a: 2, b: 2, c: 2 })).metrics.test!.loss).toBeCloseTo(
      endOf(one()).metrics.test!.loss!,
      12,
    )
    expect(endOf(one({ a: 9 })).metrics.test!.loss).not.toBeCloseTo(endOf(one()).metrics.test!.loss!, 3)
  })

  it('are refused for a number, and for a class that the target does not have', () => {
    expect(pageOf(() => rowWeights({ classWeights: 'balanced' }, makeData('number')))).toEqual({
      code: 'class-weights',
      expected: 'one target of classes',
      came: 'a number, "y"',
      advice: 'Remove the class weights, or give a column the role weight.',
      place: { path: 'training.classWeights', column: 'y' },
    })
    expect(pageOf(() => rowWeights({ classWeights: { yess: 2 } }, makeData('binary')))).toEqual({
      code: 'class-weights',
      expected: 'one of the classes no, yes',
      came: '"yess"',
      advice: 'Did you mean "yes"?',
      place: { path: 'training.classWeights.yess' },
    })
  })
})

describe('the experiment file', () => {
  it('keeps what surrounds an update, and writes nothing of it where it is off', () => {
    const experiment = makeExperiment(everything)
    expect(parseExperiment(JSON.parse(writeExperiment(experiment)))).toEqual(experiment)
    const plain = writeExperiment(makeExperiment())
    for (const field of ['regularization', 'clip', 'accumulate', 'averaging', 'classWeights'])
      expect(plain).not.toContain(field)
  })

  it.each([
    [{ clip: { by: 'nrm' } }, 'clip.by', 'Did you mean "norm"?'],
    [{ clip: { by: 'norm', limit: 0 } }, 'clip.limit', 'Change "clip.limit".'],
    [{ regularization: { l3: 1 } }, 'regularization.l3', 'Did you mean "l1"?'],
    [
      { training: { averaging: { decay: 1 } } },
      'training.averaging.decay',
      'Change "training.averaging.decay".',
    ],
    [
      { training: { classWeights: { a: 0 } } },
      'training.classWeights.a',
      'Change "training.classWeights.a".',
    ],
  ])('refuses %j with its place', (wrong, path, advice) => {
    const file = { ...(JSON.parse(writeExperiment(makeExperiment())) as object), ...wrong }
    expect(pageOf(() => parseExperiment(file))).toMatchObject({ advice, place: { path } })
  })
})
