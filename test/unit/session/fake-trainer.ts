import type { TrainingEvent } from '../../../core/training/events'
import type { Trainer } from '../../../core/training/trainer-api'

export interface FakeTime {
  now: number
}

export interface FakeOptions {
  epochs: number
  stepsPerEpoch: number
  /** Milliseconds that one step takes on the fake clock. */
  stepTime: number
  /** Throws instead of doing this step. */
  breakAt?: number
}

/** A trainer without a network: it only makes the events of one, and lets a fake clock run. */
export function fakeTrainer(time: FakeTime, options: FakeOptions): Trainer {
  let stopped = false
  function* events(): Generator<TrainingEvent, void, void> {
    const { epochs, stepsPerEpoch, stepTime, breakAt } = options
    yield {
      type: 'start',
      backend: 'fake',
      epochs,
      stepsPerEpoch,
      parameters: 1,
      rows: { train: 1, validation: 0, test: 0 },
      metrics: ['loss'],
      monitor: 'loss',
    }
    let step = 0
    let done = 0
    for (let epoch = 1; epoch <= epochs && !stopped; epoch++) {
      for (let batch = 1; batch <= stepsPerEpoch && !stopped; batch++) {
        step++
        if (step === breakAt) throw new Error('the fake trainer broke')
        time.now += stepTime
        yield { type: 'step', step, epoch, batch, batches: stepsPerEpoch, loss: 1 / step, learningRate: 0.1 }
      }
      if (stopped) break
      done = epoch
      const train = { loss: 1 / step }
      yield {
        type: 'epoch',
        epoch,
        step,
        seconds: time.now / 1000,
        learningRate: 0.1,
        train,
        validation: null,
        best: true,
      }
    }
    yield {
      type: 'end',
      reason: stopped ? 'stopped' : 'completed',
      epoch: done,
      step,
      seconds: time.now / 1000,
      bestEpoch: done,
      metrics: { train: null, validation: null, test: null },
      fingerprint: 'none',
    }
  }
  const all = events()
  return {
    events: all,
    pull: () => {
      const { value, done } = all.next()
      return done || !value ? [] : [value]
    },
    tellBatches: () => undefined,
    stop: () => (stopped = true),
    change: () => {
      throw new Error('the fake trainer has no settings')
    },
    model: () => {
      throw new Error('the fake trainer has no model')
    },
    checkpoint: () => {
      throw new Error('the fake trainer has no checkpoint')
    },
    predict: () => null,
  }
}
