import { describe, expect, it } from 'vitest'
import type { Backend } from '../../../core/backends/backend'
import { createReferenceBackend } from '../../../core/backends/reference/reference-backend'
import type { PreparedData } from '../../../core/data/prepared'
import type { Experiment } from '../../../core/experiment/schema'
import type { EndEvent, TrainingEvent } from '../../../core/training/events'
import { createTrainer } from '../../../core/training/trainer'
import type { Trainer } from '../../../core/training/trainer-api'
import { everyBackend } from '../backends/fast-backends'
import { makeData, makeExperiment, tickingClock } from './problem'

interface Setting {
  readonly experiment?: Experiment
  readonly data?: PreparedData
  readonly backend?: Backend
}

const start = ({
  experiment = makeExperiment(),
  data = makeData('category'),
  backend = createReferenceBackend(),
}: Setting): Trainer => createTrainer({ experiment, data, backend, clock: tickingClock() })

const runAll = (trainer: Trainer): TrainingEvent[] => [...trainer.events]
const endOf = (events: TrainingEvent[]): EndEvent => events.at(-1) as EndEvent

describe.each(everyBackend)('a training on the %s backend', (_, createBackend) => {
  it.each(['category', 'binary', 'number'] as const)('learns a %s target', (kind) => {
    const experiment = makeExperiment({ training: { epochs: 60, batchSize: 16, seed: 5 } })
    const end = endOf(runAll(start({ experiment, data: makeData(kind, 300), backend: createBackend() })))
    expect(end.reason).toBe('completed')
    if (kind === 'number') expect(end.metrics.test!.r2).toBeGreaterThan(0.9)
    else expect(end.metrics.test!.accuracy).toBeGreaterThan(0.85)
  })

  it('ends with the same fingerprint for the same seed, and with another for another', () => {
    const run = (seed: number) =>
      endOf(
        runAll(
          start({
            experiment: makeExperiment({ training: { epochs: 3, batchSize: 16, seed } }),
            backend: createBackend(),
          }),
        ),
      )
    expect(run(5).fingerprint).toBe(run(5).fingerprint)
    expect(run(5).fingerprint).not.toBe(run(6).fingerprint)
    expect(run(5).fingerprint).toMatch(/^[0-9a-f]{64}$/)
  })

  it('goes on from a checkpoint with the same bits as one that never stopped', () => {
    const network = [
      { type: 'dense', units: 8 },
      { type: 'relu' },
      { type: 'dropout', rate: 0.3 },
      { type: 'output' },
    ]
    const experiment = makeExperiment({ network, training: { epochs: 8, batchSize: 16, seed: 5 } })
    const whole = endOf(runAll(start({ experiment, backend: createBackend() })))
    const first = start({ experiment, backend: createBackend() })
    for (const event of first.events) if (event.type === 'epoch' && event.epoch === 3) break
    const resume = structuredClone(first.checkpoint())
    const options = {
      experiment,
      data: makeData('category'),
      backend: createBackend(),
      clock: tickingClock(),
    }
    const second = endOf(runAll(createTrainer({ ...options, resume })))
    expect(second.fingerprint).toBe(whole.fingerprint)
    expect(second.metrics).toEqual(whole.metrics)
    expect(second.step).toBe(whole.step)
  })
})

describe('the events of a training', () => {
  it('begin with start, go on with steps and epochs in order, and finish with end', () => {
    const events = runAll(start({ experiment: makeExperiment({ training: { epochs: 2, batchSize: 16 } }) }))
    const steps = Math.ceil(54 / 16)
    const epoch = [...new Array<string>(steps).fill('step'), 'epoch']
    expect(events.map((event) => event.type)).toEqual(['start', ...epoch, ...epoch, 'end'])
    expect(events.filter((event) => event.type === 'step').map((event) => event.step)).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8,
    ])
    expect(events[0]).toMatchObject({ epochs: 2, stepsPerEpoch: 4, parameters: 2 * 8 + 8 + 8 * 3 + 3 })
  })

  it('count training time only, not what passes between pulls', () => {
    let now = 0
    const { events } = createTrainer({
      experiment: makeExperiment({ training: { epochs: 1 } }),
      data: makeData('category'),
      backend: createReferenceBackend(),
      clock: () => now,
    })
    for (const event of events) {
      now += 1000
      if (event.type === 'end') expect(event.seconds).toBe(0)
    }
  })
})

describe('stopping', () => {
  it('keeps the best weights so far when asked to stop', () => {
    const trainer = start({ experiment: makeExperiment({ training: { epochs: 1000, batchSize: 16 } }) })
    const events: TrainingEvent[] = []
    for (const event of trainer.events) {
      events.push(event)
      if (event.type === 'epoch' && event.epoch === 4) trainer.stop()
    }
    const end = endOf(events)
    expect(end).toMatchObject({ reason: 'stopped', epoch: 4 })
    const best = events.filter((event) => event.type === 'epoch').filter((event) => event.best)
    expect(end.metrics.validation!.loss).toBeCloseTo(best.at(-1)!.validation!.loss!, 12)
  })

  it('comes early when the validation loss no longer falls', () => {
    const training = { epochs: 5000, batchSize: 16, earlyStopping: { patience: 5 } }
    const optimizer = { type: 'adam', learningRate: 0.1 }
    const end = endOf(runAll(start({ experiment: makeExperiment({ optimizer, training }) })))
    expect(end.reason).toBe('early-stopping')
    expect(end.epoch - end.bestEpoch).toBe(5)
  })

  it.each(everyBackend)(
    'explains a loss that is not finite, and keeps finite weights (%s)',
    (_, createBackend) => {
      const optimizer = { type: 'sgd', learningRate: 100 }
      const network = [{ type: 'dense', units: 8 }, { type: 'relu' }, { type: 'output' }]
      const data = makeData('number')
      const trainer = start({
        experiment: makeExperiment({ network, optimizer, training: { epochs: 500 } }),
        data,
        backend: createBackend(),
      })
      const end = endOf(runAll(trainer))
      expect(end.reason).toBe('non-finite')
      expect(end.problem!.place!.layer).toMatch(/^\d · (Dense|Output)$/)
      expect(end.problem!.place!.step).toBe(end.step)
      expect(end.problem!.advice).toContain('learning rate from 100 to 10')
      for (const { values } of trainer.model().parameters) expect(values.every(Number.isFinite)).toBe(true)
    },
  )
})

describe('a paused training', () => {
  it('predicts with the best weights and then goes on as if nothing had been asked', () => {
    const undisturbed = endOf(runAll(start({})))
    const trainer = start({})
    for (const event of trainer.events) {
      if (event.type === 'step' && event.step % 3 === 0)
        expect(trainer.predict('test')!.predictions.length).toBe(18 * 3)
      if (event.type === 'end') expect(event.fingerprint).toBe(undisturbed.fingerprint)
    }
  })

  it('gives predictions in the unit of the target, with their rows in the file', () => {
    const trainer = start({ data: makeData('number') })
    runAll(trainer)
    const { predictions, truth, fileRows } = trainer.predict('train')!
    const mean = (values: Float64Array) => values.reduce((a, b) => a + b, 0) / values.length
    expect(mean(predictions)).toBeCloseTo(mean(truth), 0)
    expect(mean(truth)).toBeGreaterThan(5)
    expect(new Set(fileRows).size).toBe(54)
  })
})
