import { describe, expect, it } from 'vitest'
import { createReferenceBackend } from '../../../core/backends/reference/reference-backend'
import type { PreparedData } from '../../../core/data/prepared'
import type { ExperimentInput } from '../../../core/experiment/schema'
import { createSchedule } from '../../../core/schedules/create-schedule'
import { isBetter, nothingYet, type Best } from '../../../core/training/best'
import type { EndEvent, EpochEvent, TrainingEvent } from '../../../core/training/events'
import { resolveMonitor } from '../../../core/training/monitor'
import { settingProblems } from '../../../core/training/setting-problems'
import { createTrainer } from '../../../core/training/trainer'
import { pageOf } from '../data/tables'
import { makeData, makeExperiment, tickingClock } from '../training/problem'

const start = (changes: Partial<ExperimentInput>, data: PreparedData, resume?: object) =>
  createTrainer({
    experiment: makeExperiment(changes),
    data,
    backend: createReferenceBackend(),
    clock: tickingClock(),
    ...resume,
  })
const epochsOf = (events: TrainingEvent[]): EpochEvent[] => events.filter((event) => event.type === 'epoch')
const endOf = (events: TrainingEvent[]): EndEvent => events.at(-1) as EndEvent
const training = { epochs: 40, batchSize: 16, seed: 5 }

describe('the best weights', () => {
  const cases: [NonNullable<ExperimentInput['training']>['monitor'], 'category' | 'number', 1 | -1][] = [
    ['accuracy', 'category', 1],
    ['rocAuc', 'category', 1],
    ['r2', 'number', 1],
    ['mae', 'number', -1],
    [undefined, 'number', -1],
  ]
  it.each(cases)('by %s of a %s target are those of its best epoch', (monitor, kind, sign) => {
    const events = [
      ...start({ training: { ...training, ...(monitor && { monitor }) } }, makeData(kind)).events,
    ]
    const name = monitor ?? 'loss'
    const values = epochsOf(events).map((event) => sign * event.validation![name]!)
    const { bestEpoch, metrics } = endOf(events)
    expect(events[0]).toMatchObject({ type: 'start', monitor: name })
    expect(values[bestEpoch - 1]).toBe(Math.max(...values))
    expect(bestEpoch).toBe(values.indexOf(Math.max(...values)) + 1)
    expect(metrics.validation![name]).toBeCloseTo(sign * values[bestEpoch - 1]!, 12)
    // An epoch is called the best when it passed all before it, and only then.
    const passed = values.map((value, i) => values.slice(0, i).every((earlier) => value > earlier))
    expect(epochsOf(events).map((event) => event.best)).toEqual(passed)
  })

  it('are seen on the training rows where there are no validation rows', () => {
    const data = makeData('category')
    const alone = { ...data, splits: { ...data.splits, validation: new Uint32Array() } }
    const events = [...start({ training: { ...training, monitor: 'f1Macro' } }, alone).events]
    const values = epochsOf(events).map((event) => event.train['f1Macro']!)
    expect(endOf(events).bestEpoch).toBe(values.indexOf(Math.max(...values)) + 1)
  })

  const best = (value: number): Best => ({ epoch: 3, value, parameters: new Float32Array() })
  const after = (minimumChange: number) => ({ earlyStopping: { patience: 1, minimumChange } })
  it.each([
    [0.8, 0.7, 'higher', 0, true],
    [0.7, 0.7, 'higher', 0, false],
    [0.75, 0.7, 'higher', 0.05, false],
    [0.8, 0.7, 'higher', 0.05, true],
    [0.6, 0.7, 'lower', 0.05, true],
    [0.68, 0.7, 'lower', 0.05, false],
    [-1, -2, 'higher', 0.5, true],
    [null, 0.7, 'higher', 0, false],
  ] as const)('%d after %d, where %s is better by more than %d: %s', (value, held, better, change, is) => {
    expect(isBetter(value, best(held), better, after(change))).toBe(is)
  })

  it('begin with the first value that is defined', () => {
    const none = nothingYet({ parameters: new Float32Array() })
    expect(isBetter(null, none, 'higher', after(0))).toBe(false)
    expect(isBetter(-7, none, 'higher', after(9))).toBe(true)
  })
})

describe('patience', () => {
  it('runs out when the watched metric, not the loss, stays', () => {
    const wish = { ...training, epochs: 400, monitor: 'accuracy', earlyStopping: { patience: 12 } }
    const events = [...start({ training: wish }, makeData('category')).events]
    const end = endOf(events)
    expect(end.reason).toBe('early-stopping')
    expect(end.epoch - end.bestEpoch).toBe(12)
    const losses = epochsOf(events).map((event) => event.validation!.loss!)
    // By the loss it would have gone on.
    expect(losses.indexOf(Math.min(...losses)) + 1).toBeGreaterThan(end.bestEpoch)
  })

  it.each([1, 7, 20])('goes on from a checkpoint of epoch %i with the same end', (stopAt) => {
    const wish = {
      schedule: { type: 'reduce-on-plateau', patience: 2 },
      training: { ...training, monitor: 'prAuc', earlyStopping: { patience: 15 } },
    }
    const data = makeData('category')
    const whole = endOf([...start(wish, data).events])
    const first = start(wish, data)
    for (const event of first.events) if (event.type === 'epoch' && event.epoch === stopAt) break
    const resume = structuredClone(first.checkpoint())
    const { seconds: _, ...end } = endOf([...start(wish, data, { resume }).events])
    expect(end).toEqual({ ...end, fingerprint: whole.fingerprint, bestEpoch: whole.bestEpoch })
    expect([end.epoch, end.reason]).toEqual([whole.epoch, whole.reason])
  })

  it('goes on from a checkpoint of the time when only losses were watched', () => {
    const data = makeData('category')
    const whole = endOf([...start({ training }, data).events])
    const first = start({ training }, data)
    for (const event of first.events) if (event.type === 'epoch' && event.epoch === 20) break
    const { best, ...rest } = structuredClone(first.checkpoint())
    const { value: loss, ...weights } = best
    const resume = { ...rest, best: { ...weights, loss } }
    expect(endOf([...start({ training }, data, { resume }).events])).toMatchObject({
      bestEpoch: whole.bestEpoch,
      fingerprint: whole.fingerprint,
    })
  })
})

describe('a plateau', () => {
  const factors = (values: number[], better?: 'higher' | 'lower'): number[] => {
    const made = createSchedule({ type: 'reduce-on-plateau', patience: 1, factor: 0.5, threshold: 0.1 })
    let state = made.start
    return values.map((value, epoch) => {
      const moment = { epoch: epoch + 1, epochs: 20, step: epoch + 1, stepsPerEpoch: 1 }
      state = made.next(moment, state, value, better)
      return made.factor(moment, state)
    })
  }
  // torch.optim.lr_scheduler.ReduceLROnPlateau(mode='max', factor=0.5, patience=1, threshold=0.1) on the same values.
  it('of a metric of which more is better is seen as PyTorch does with mode "max"', () => {
    const values = [0.1, 0.5, 0.52, 0.54, 0.6, 0.6, 0.61, 0.62, 0.9]
    expect(factors(values, 'higher')).toEqual([1, 1, 1, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25])
  })

  it('is one below 0, too', () => {
    expect(factors([-2, -2, -2, -2, -2], 'higher')).toEqual([1, 1, 0.5, 0.5, 0.25])
    expect(factors([-2, -2, -2, -2, -2], 'lower')).toEqual([1, 1, 0.5, 0.5, 0.25])
    expect(factors([-2, -1.7, -1.4, -1.1, 0.5], 'higher')).toEqual([1, 1, 1, 1, 1])
  })

  it('is not ended by a value that is not defined', () => {
    expect(factors([0.5, NaN, NaN, 0.6], 'higher')).toEqual([1, 1, 0.5, 0.5])
  })
})

describe('a metric that does not fit', () => {
  const number = { type: 'number', column: 'price' } as const
  it('is refused with those that do', () => {
    expect(pageOf(() => resolveMonitor({ monitor: 'accuracy' }, number))).toEqual({
      code: 'monitor-target',
      expected: 'something to watch that fits the target "price": loss, rmse, mae, mape, r2',
      came: '"accuracy"',
      advice: 'Take loss, or another of these.',
      place: { path: 'training.monitor', column: 'price' },
    })
    expect(pageOf(() => resolveMonitor({ monitor: 'rmsd' }, number)).advice).toBe('Did you mean "rmse"?')
    expect(resolveMonitor({}, number)).toMatchObject({ name: 'loss', better: 'lower' })
  })

  it('keeps a training from being made, and is among the problems of the settings', () => {
    const wish = { training: { ...training, monitor: 'r2' } }
    const page = pageOf(() => start(wish, makeData('binary')))
    expect(page.code).toBe('monitor-target')
    const { target } = makeData('binary').preprocessing
    expect(settingProblems(makeExperiment(wish), target)).toEqual([page])
    expect(settingProblems(makeExperiment(), target)).toEqual([])
  })
})
