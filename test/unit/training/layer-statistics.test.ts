import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createReferenceBackend } from '../../../core/backends/reference/reference-backend'
import { createWasmBackend } from '../../../core/backends/wasm/wasm-backend'
import type { ExperimentInput } from '../../../core/experiment/schema'
import type { EndEvent, StatisticsEvent, TrainingEvent } from '../../../core/training/events'
import { relativeChange, statisticsOf } from '../../../core/training/statistics/array-statistics'
import { deadShare } from '../../../core/training/statistics/dead-units'
import { StatisticsRate } from '../../../core/training/statistics/statistics-rate'
import { createTrainer } from '../../../core/training/trainer'
import type { Trainer, TrainerOptions } from '../../../core/training/trainer-api'
import { makeData, makeExperiment } from './problem'

const relus: Partial<ExperimentInput> = {
  network: [
    { type: 'dense', units: 8 },
    { type: 'relu' },
    { type: 'dropout', rate: 0.2 },
    { type: 'output' },
  ],
}

function start(changes: Partial<ExperimentInput>, more: Partial<TrainerOptions> = {}): Trainer {
  const experiment = makeExperiment({ ...relus, ...changes })
  const options = { experiment, data: makeData('category'), backend: createWasmBackend(), clock: () => 0 }
  return createTrainer({ ...options, watchLayers: true, ...more })
}

const statisticsIn = (events: Iterable<TrainingEvent>): StatisticsEvent[] =>
  [...events].filter((event) => event.type === 'statistics')

/** An array's numbers as an export has them, in float64. */
const exported = (trainer: Trainer): Map<string, number[]> =>
  new Map(trainer.model().parameters.map(({ name, values }) => [name, [...values]]))

const norm = (values: readonly number[]): number => Math.sqrt(values.reduce((sum, v) => sum + v * v, 0))

describe('the statistics of an array', () => {
  it('are those of a direct calculation', () => {
    const numbers = fc.array(fc.oneof(fc.float({ min: -9, max: 9, noNaN: true }), fc.constant(0)), {
      minLength: 1,
      maxLength: 300,
    })
    fc.assert(
      fc.property(numbers, (list) => {
        const found = statisticsOf(Float32Array.from(list))!
        const n = list.length
        const mean = list.reduce((sum, v) => sum + v, 0) / n
        expect(found.mean).toBeCloseTo(mean, 10)
        expect(found.deviation).toBeCloseTo(norm(list.map((v) => v - mean)) / Math.sqrt(n), 10)
        expect([found.smallest, found.largest]).toEqual([Math.min(...list) + 0, Math.max(...list) + 0])
        expect(found.zeros).toBe(list.filter((v) => v === 0).length / n)
        expect(found.norm).toBeCloseTo(norm(list), 10)
        expect(found.histogram.counts.reduce((sum, count) => sum + count, 0)).toBe(n)
      }),
    )
  })

  it('count numbers in forty equal steps, the ends among them', () => {
    const { histogram } = statisticsOf(Float64Array.from({ length: 401 }, (_, i) => i / 10))!
    expect([histogram.low, histogram.high]).toEqual([0, 40])
    expect(histogram.counts).toEqual([...new Array<number>(39).fill(10), 11])
    expect(statisticsOf(new Float32Array(7).fill(3))!.histogram.counts.slice(0, 2)).toEqual([7, 0])
  })

  it('keep the figures of a small deviation far from 0, and are none where a number is not finite', () => {
    const far = Float64Array.from([1e8 - 1, 1e8, 1e8 + 1])
    expect(statisticsOf(far)!.deviation).toBeCloseTo(Math.sqrt(2 / 3), 12)
    expect(statisticsOf(Float32Array.from([1, NaN]))).toBeNull()
    expect(statisticsOf(Float32Array.from([1, Infinity]))).toBeNull()
    expect(statisticsOf(new Float32Array())).toBeNull()
  })

  it('tell how far numbers moved', () => {
    expect(relativeChange(Float32Array.from([3, 4]), Float32Array.from([3, 9]))).toBe(1)
    expect(relativeChange(new Float32Array(2), Float32Array.from([1, 1]))).toBeNull()
  })
})

it('finds units that are silent for every row', () => {
  expect(deadShare(Float32Array.from([0, 1, 0, 0, 0, 2]), 3)).toBe(1 / 3)
  expect(deadShare(Float32Array.from([0, 0, 0, 0]), 2)).toBe(1)
  expect(deadShare(Float32Array.from([1, 0, 0, 5]), 2)).toBe(0)
})

it('are taken at most twice a second, and cost no more than a hundredth of the time', () => {
  const rate = new StatisticsRate()
  const taken: number[] = []
  const cost = 0.05
  for (let seconds = 0; seconds < 100; seconds += 0.01) {
    if (!rate.isDue(seconds, 0.02)) continue
    rate.took(cost, seconds)
    taken.push(seconds)
  }
  expect(taken.length).toBeGreaterThan(15)
  for (const [i, seconds] of taken.entries())
    if (i > 0) expect((i + 1) * cost).toBeLessThanOrEqual(0.01 * seconds + 1e-9)
  // What takes long to make ready waits until it is a hundredth.
  const slow = new StatisticsRate(0.1)
  expect([5, 9.9, 10.1].map((at) => slow.isDue(at, 0))).toEqual([false, false, true])
  const quick = new StatisticsRate()
  const times = Array.from({ length: 1000 }, (_, i) => i / 100).filter((at) => {
    if (!quick.isDue(at, 0)) return false
    quick.took(1e-6, at)
    return true
  })
  expect(times.length).toBeLessThanOrEqual(20)
  expect(times.length).toBeGreaterThan(15)
})

describe('the statistics of a training', () => {
  it.each([
    ['wasm', createWasmBackend],
    ['reference', createReferenceBackend],
  ])('are those of its weights, and of its gradient by what the update did (%s)', (_, createBackend) => {
    const learningRate = 0.5
    const training = { epochs: 3, batchSize: 54, statisticsEvery: 1, keep: 'last' as const }
    const optimizer = { type: 'sgd', learningRate }
    const trainer = start({ optimizer, training }, { backend: createBackend() })
    let before = exported(trainer)
    let looked = 0
    for (const event of trainer.events) {
      if (event.type === 'epoch') before = exported(trainer)
      if (event.type !== 'statistics') continue
      const after = exported(trainer)
      expect(event).toMatchObject({ rows: 54, batch: 1, batches: 1 })
      for (const { name, count, weights, gradient, update } of event.arrays) {
        const [old, now] = [before.get(name)!, after.get(name)!]
        // Plain descent: what it moved by, undone, is the gradient.
        const slope = old.map((value, i) => (value - now[i]!) / learningRate)
        expect(count).toBe(now.length)
        expect(weights!.norm).toBeCloseTo(norm(now), 6)
        expect(weights!.mean).toBeCloseTo(now.reduce((sum, v) => sum + v, 0) / count, 6)
        expect([weights!.smallest, weights!.largest].map(Math.fround)).toEqual(
          [Math.min(...now), Math.max(...now)].map(Math.fround),
        )
        expect(gradient!.norm).toBeCloseTo(norm(slope), 5)
        expect(gradient!.mean).toBeCloseTo(slope.reduce((sum, v) => sum + v, 0) / count, 5)
        expect(gradient!.largest).toBeCloseTo(Math.max(...slope), 5)
        if (norm(old) > 0) expect(update!).toBeCloseTo((learningRate * norm(slope)) / norm(old), 5)
        else expect(update).toBeNull()
      }
      expect(event.dead).toEqual([{ layer: 1, name: '2.relu', share: expect.any(Number) as number }])
      looked++
    }
    expect(looked).toBe(3)
  })

  it('change no bit of it, whatever the layers and the optimizer', () => {
    const networks = [
      relus.network!,
      [{ type: 'dense', units: 6 }, { type: 'batch-norm' }, { type: 'relu' }, { type: 'output' }],
    ]
    const optimizers = [{ type: 'adam' }, { type: 'l-bfgs' }]
    const ways: object[] = [
      {},
      { accumulate: 2 },
      { averaging: { decay: 0.9 } },
      { classWeights: 'balanced' },
    ]
    for (const network of networks)
      for (const optimizer of optimizers)
        for (const way of optimizer.type === 'adam' ? ways : [{}]) {
          const training = { epochs: 6, batchSize: 16, statisticsEvery: 1, ...way }
          const ends = [true, false].map((watchLayers) => {
            const events = [...start({ network, optimizer, training }, { watchLayers }).events]
            expect(statisticsIn(events).length > 0).toBe(watchLayers)
            return (events.at(-1) as EndEvent).fingerprint
          })
          expect(ends[0]).toBe(ends[1])
        }
  })

  it('come every so many epochs, on whole batches, and at the end', () => {
    const training = { epochs: 7, batchSize: 16, statisticsEvery: 3 }
    const events = statisticsIn(start({ training }).events)
    expect(events.map(({ epoch, batch, rows }) => [epoch, batch, rows])).toEqual([
      [3, 3, 16],
      [6, 3, 16],
      [7, 4, 16],
    ])
    const never = start({ training: { epochs: 2, batchSize: 16 } })
    expect(statisticsIn(never.events).map(({ epoch }) => epoch)).toEqual([2])
  })

  it('find as many silent units as have no gradient', () => {
    const network = [{ type: 'dense', units: 32 }, { type: 'relu' }, { type: 'output' }]
    const training = { epochs: 6, batchSize: 54, statisticsEvery: 1 }
    const optimizer = { type: 'sgd', learningRate: 5 }
    const events = statisticsIn(start({ network, training, optimizer }).events)
    const shares = events.map(({ dead }) => dead[0]!.share)
    const still = events.map(
      ({ arrays }) => arrays.find(({ name }) => name === '1.dense.bias')!.gradient!.zeros,
    )
    expect(shares).toEqual(still)
    expect(Math.max(...shares)).toBeGreaterThan(0)
  })
})
