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

it('spends a hundredth of the training on metrics, after what nobody can see', () => {
  const [cost, trained] = [50_000, 20_000]
  const rate = new MetricRate(cost, undefined)
  const due = Array.from({ length: 200_000 }, (_, i) => rate.isDue(i + 1, trained))
  const all = due.indexOf(false)
  expect(all * cost).toBeLessThanOrEqual(6e6 + 0.01 * all * trained)
  const later = due.slice(all)
  // What was left over before may pay for one more.
  expect((later.filter(Boolean).length - 1) * cost).toBeLessThanOrEqual(0.01 * later.length * trained)
  expect(later.filter(Boolean).length * cost).toBeGreaterThan(0.0099 * later.length * trained)
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
