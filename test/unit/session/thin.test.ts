import fc from 'fast-check'
import { expect, it } from 'vitest'
import { thinSteps } from '../../../core/protocol/thin'
import type { TrainingEvent } from '../../../core/training/events'

const step = (number: number): TrainingEvent => ({
  type: 'step',
  step: number,
  epoch: 1,
  batch: number,
  batches: 9,
  loss: 0,
  learningRate: 0,
})
const epoch = (number: number): TrainingEvent => ({
  type: 'epoch',
  epoch: number,
  step: 0,
  seconds: 0,
  learningRate: 0,
  train: {},
  validation: null,
  best: false,
})

it('keeps order, every epoch, the last step and exactly as many steps as allowed', () => {
  const events = fc.array(fc.boolean(), { maxLength: 200 })
  fc.assert(
    fc.property(events, fc.integer({ min: 1, max: 20 }), (kinds, limit) => {
      const all = kinds.map((isStep, index) => (isStep ? step(index) : epoch(index)))
      const kept = thinSteps(all, limit)
      const steps = all.filter((event) => event.type === 'step')
      const keptSteps = kept.filter((event) => event.type === 'step')
      expect(kept.map((event) => all.indexOf(event))).toEqual(
        [...kept.map((event) => all.indexOf(event))].sort((a, b) => a - b),
      )
      expect(kept.length - keptSteps.length).toBe(all.length - steps.length)
      expect(keptSteps.length).toBe(Math.min(limit, steps.length))
      expect(keptSteps.at(-1)).toBe(steps.at(-1))
    }),
  )
})
