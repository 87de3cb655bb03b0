import { expect, it } from 'vitest'
import { createWasmBackend } from '../../../core/backends/wasm/wasm-backend'
import { toHistory } from '../../../core/charts/history'
import type { EndEvent, EpochEvent, TrainingEvent } from '../../../core/training/events'
import { MetricRate } from '../../../core/training/metric-rate'
import { createTrainer } from '../../../core/training/trainer'
import type { BatchesTold } from '../../../core/training/trainer-api'
import { makeData, makeExperiment } from './problem'

const start = (training: object, resume?: ReturnType<ReturnType<typeof createTrainer>['checkpoint']>) => {
  const [experiment, data] = [makeExperiment(), makeData('category')]
  const own = { ...experiment, training: { ...experiment.training, ...training } }
  return createTrainer({ experiment: own, data, backend: createWasmBackend(), clock: () => 0, resume })
}

function run(training: object, batches: BatchesTold = 'all'): TrainingEvent[] {
  const trainer = start(training)
  trainer.tellBatches(batches)
  return [...trainer.events]
}

const epochsOf = (events: readonly TrainingEvent[]): EpochEvent[] =>
  events.filter((event) => event.type === 'epoch')
const endOf = (events: readonly TrainingEvent[]): EndEvent => events.at(-1) as EndEvent
const measured = (epochs: readonly EpochEvent[]): number[] =>
  epochs.filter(({ train }) => 'accuracy' in train).map(({ epoch }) => epoch)

const chosen = (rate: MetricRate, epochs: number, trained: number, before = 0): number[] =>
  Array.from({ length: epochs }, (_, i) => before + i + 1).filter((epoch) => rate.isDue(epoch, trained))

it('spends half a hundredth of a long training on metrics, evenly', () => {
  const [cost, trained, epochs] = [50_000, 20_000, 200_000]
  const due = chosen(new MetricRate(cost, undefined), epochs, trained)
  expect(due.length * cost).toBeLessThanOrEqual(0.005 * epochs * trained)
  expect(due.length * cost).toBeGreaterThan(0.0049 * epochs * trained)
  const gaps = due.slice(-100).map((epoch, i, last) => (i ? epoch - last[i - 1]! : 500))
  expect(gaps).toEqual(gaps.map(() => 500))
})

it('measures epochs each half as far again as the one before while a training is short', () => {
  // A training of 150 rows with three classes, whose epochs take half as long as their metrics.
  const due = chosen(new MetricRate(54_750, undefined), 200, 27_750)
  expect(due).toEqual([1, 2, 3, 4, 6, 9, 13, 19, 28, 42, 63, 94, 141])
})

it('measures the first epoch alone where metrics cost more than a short training has to spare', () => {
  expect(chosen(new MetricRate(1e6, undefined), 100, 1e6)).toEqual([1])
})

it('measures all epochs that cost next to nothing beside their training', () => {
  expect(chosen(new MetricRate(1000, undefined), 50, 1e6)).toHaveLength(50)
})

it('goes on from its state as if it had never stopped', () => {
  const whole = chosen(new MetricRate(27_750, undefined), 5000, 40_000)
  const first = new MetricRate(27_750, undefined)
  const start = chosen(first, 100, 40_000)
  const rest = new MetricRate(27_750, undefined)
  rest.restore(structuredClone(first.state()))
  expect([...start, ...chosen(rest, 4900, 40_000, 100)]).toEqual(whole)
})

it('measures the first, every so many, the last and the best epoch, and no other numbers change', () => {
  const settings = { epochs: 23, metricsEvery: 5 }
  const some = run(settings)
  const full = epochsOf(run({ ...settings, metricsEvery: 1 }))
  expect(measured(full)).toEqual(full.map(({ epoch }) => epoch))
  expect(measured(epochsOf(some))).toEqual([1, 5, 10, 15, 20, 23])
  const { epochs } = toHistory(some)
  const best = endOf(some).bestEpoch
  expect(measured(epochs)).toEqual([...new Set([1, 5, 10, 15, 20, 23, best])].sort((a, b) => a - b))
  for (const [i, event] of epochs.entries()) {
    const { train, validation, ...rest } = full[i]!
    expect(event).toMatchObject(rest)
    if ('accuracy' in event.train) expect([event.train, event.validation]).toEqual([train, validation])
    else expect([event.train, event.validation]).toEqual([{ loss: train.loss }, { loss: validation!.loss }])
  }
})

it('tells the same epochs and ends with the same bits, whichever batches it tells of', () => {
  const settings = { epochs: 60, metricsEvery: 7 }
  const [all, some] = [run(settings), run(settings, 'some')]
  expect(epochsOf(some)).toEqual(epochsOf(all))
  expect(endOf(some)).toEqual(endOf(all))
  const told = some.filter((event) => event.type === 'step')
  expect(told.length).toBeLessThan(all.filter((event) => event.type === 'step').length / 2)
  expect(told.length).toBeGreaterThan(0)
})

it('tells of the best epoch after going on from a checkpoint as if it had never stopped', () => {
  const settings = { epochs: 30, metricsEvery: 100, earlyStopping: { patience: 6, minimumChange: 0.05 } }
  const whole = run(settings)
  const { bestEpoch, epoch: last } = endOf(whole)
  expect(last).toBeLessThan(30)
  const first = start(settings)
  for (const event of first.events) if (event.type === 'epoch' && event.epoch === bestEpoch + 2) break
  const rest = [...start(settings, structuredClone(first.checkpoint())).events]
  const told = (events: TrainingEvent[]) => events.filter(({ type }) => type === 'measured')
  expect(told(whole).map((event) => (event as { epoch: number }).epoch)).toEqual([bestEpoch, last])
  expect(told(rest)).toEqual(told(whole))
  expect(endOf(rest)).toEqual(endOf(whole))
})
