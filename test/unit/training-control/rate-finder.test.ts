import { describe, expect, it } from 'vitest'
import { createReferenceBackend } from '../../../core/backends/reference/reference-backend'
import type { PreparedData } from '../../../core/data/prepared'
import { createRandom } from '../../../core/random/create-random'
import { findRate, judgeSweep, ratesOf, usualSweep } from '../../../core/training/rate-finder'
import { createTrainer } from '../../../core/training/trainer'
import { pageOf } from '../data/tables'
import { makeData, makeExperiment, tickingClock } from '../training/problem'

/** y = ± 4 + noise, x = ± size: the squared loss has the curvature L = 2 mean(x²) = 2 size² along the weight. */
function line(size: number): PreparedData {
  const random = createRandom(3)
  const data = makeData('number', 100)
  const values = Float32Array.from({ length: 200 }, (_, i) => (i % 2 ? 0 : random.integer(2) ? size : -size))
  const targets = Float32Array.from(
    { length: 100 },
    (_, row) => (4 * values[2 * row]!) / size + 0.3 * random.normal(),
  )
  return {
    ...data,
    features: { ...data.features, values },
    targets: { ...data.targets, values: targets },
  }
}

const sgd = (changes: object = {}) =>
  makeExperiment({
    network: [{ type: 'output' }],
    loss: { type: 'mean-squared-error' },
    optimizer: { type: 'sgd', learningRate: 0.3 },
    ...changes,
  })

describe('the learning-rate finder', () => {
  it.each([2, 5, 10, 30].flatMap((size) => [5, 6, 7].map((seed) => [size, seed] as const)))(
    'finds the stable bound 2 / L of a parabola, x = ±%i, seed %i',
    (size, seed) => {
      const options = {
        experiment: sgd({ training: { batchSize: 16, seed } }),
        data: line(size),
        backend: createReferenceBackend(),
      }
      const { diverging, steepest, suggestion } = findRate(options)
      const bound = 2 / (2 * size ** 2)
      expect(diverging! / bound).toBeGreaterThan(0.5)
      expect(diverging! / bound).toBeLessThan(2)
      expect(steepest!).toBeLessThan(bound)
      expect(suggestion!).toBeLessThanOrEqual(diverging! / 10)
    },
  )

  it('does not depend on the rate that the experiment has, nor on its schedule', () => {
    const options = { data: line(5), backend: createReferenceBackend() }
    const one = findRate({ ...options, experiment: sgd() })
    const other = sgd({
      optimizer: { type: 'sgd', learningRate: 0.001 },
      schedule: { type: 'exponential', decay: 0.5 },
    })
    const again = findRate({ ...options, experiment: other })
    expect(again.points.length).toBe(one.points.length)
    again.points.forEach(({ loss, rate }, i) => {
      expect(rate).toBe(one.points[i]!.rate)
      expect(loss! / one.points[i]!.loss!).toBeCloseTo(1, 6)
    })
  })

  it('begins with the very batch of a run, and leaves a run under way as it is', () => {
    const experiment = makeExperiment()
    const data = makeData('category')
    const backend = createReferenceBackend()
    const alone = [...createTrainer({ experiment, data, backend, clock: tickingClock() }).events]
    const trainer = createTrainer({ experiment, data, backend, clock: tickingClock() })
    const events = [trainer.events.next().value, trainer.events.next().value]
    const { points } = findRate({ experiment, data, backend }, { ...usualSweep, steps: 40 })
    expect(events[1]).toMatchObject({ type: 'step', loss: points[0]!.loss })
    expect([...events, ...trainer.events].at(-1)).toEqual(alone.at(-1))
  })

  it('makes one point of the batches that accumulate for one update', () => {
    const options = { data: line(5), backend: createReferenceBackend() }
    // Five batches of 12 in one update are one batch of all 60 training rows.
    const many = sgd({ training: { batchSize: 12, accumulate: 5, seed: 5, shuffle: false } })
    const whole = sgd({ training: { batchSize: 60, seed: 5, shuffle: false } })
    const settings = { ...usualSweep, steps: 50 }
    const [a, b] = [many, whole].map((experiment) => findRate({ ...options, experiment }, settings).points)
    expect(a!.length).toBe(b!.length)
    a!.slice(0, 30).forEach(({ loss }, i) => expect(loss).toBeCloseTo(b![i]!.loss!, 9))
  })

  it('ends at the first loss that is no number', () => {
    const experiment = sgd({ optimizer: { type: 'sgd', learningRate: 0.1 } })
    const settings = { lowest: 1, highest: 100, steps: 20, smoothing: 0.99 }
    const data = line(1e18)
    const { points, diverging, suggestion } = findRate(
      { experiment, data, backend: createReferenceBackend() },
      settings,
    )
    expect(points.length).toBeLessThan(20)
    expect(points.at(-1)).toMatchObject({ loss: null, smoothed: null, rate: diverging })
    expect(suggestion).toBeNull()
  })

  it('judges a curve drawn by hand', () => {
    const rates = ratesOf(usualSweep)
    expect([rates[0], rates.length]).toEqual([1e-6, 200])
    expect(rates.at(-1)).toBeCloseTo(1, 12)
    // Flat at 2, falling about 1e-3 (point 100), flat at 0.5, and 50 from 0.1 (point 166) on.
    const points = rates.map((rate, i) => {
      const loss = i > 166 ? 50 : 0.5 + 1.5 / (1 + Math.exp((i - 100) / 5))
      return { rate, loss, smoothed: loss }
    })
    const { steepest, diverging, suggestion } = judgeSweep(points, usualSweep)
    expect(steepest).toBe(rates[100])
    expect(diverging).toBe(rates[167])
    expect(suggestion).toBe(rates[100])
    const flat = points.map(({ rate }) => ({ rate, loss: 1, smoothed: 1 }))
    expect(judgeSweep(flat, usualSweep)).toMatchObject({ steepest: null, diverging: null, suggestion: null })
  })

  it.each([{ lowest: 0 }, { lowest: 2 }, { steps: 5 }, { smoothing: 1 }, { highest: NaN }])(
    'explains that %o cannot be swept',
    (wrong) => {
      const options = { experiment: sgd(), data: line(5), backend: createReferenceBackend() }
      expect(pageOf(() => findRate(options, { ...usualSweep, ...wrong })).code).toBe('bad-rates')
    },
  )
})
