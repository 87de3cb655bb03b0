import fc from 'fast-check'
import { expect, it } from 'vitest'
import { thin } from '../../../core/protocol/thin'
import type { EpochEvent, TrainingEvent } from '../../../core/training/events'

const step = (number: number): TrainingEvent => ({
  type: 'step',
  step: number,
  epoch: 1,
  batch: number,
  batches: 9,
  loss: 0,
  learningRate: 0,
})
const epoch = (number: number, says: Partial<EpochEvent> = {}): TrainingEvent => ({
  type: 'epoch',
  epoch: number,
  step: 0,
  seconds: 0,
  learningRate: 0,
  train: {},
  validation: null,
  best: false,
  ...says,
})

it('keeps order, every epoch, the last step and exactly as many steps as allowed', () => {
  const events = fc.array(fc.boolean(), { maxLength: 200 })
  fc.assert(
    fc.property(events, fc.integer({ min: 1, max: 20 }), (kinds, limit) => {
      const all = kinds.map((isStep, index) => (isStep ? step(index) : epoch(index)))
      const kept = thin(all, { steps: limit, epochs: Infinity })
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

it('leaves every measured epoch, the best and the last one, and no more others than allowed', () => {
  const kinds = fc.constantFrom<Partial<EpochEvent>>(
    { train: { loss: 1 } },
    { train: { loss: 1 }, best: true },
    { train: { loss: 1, accuracy: 1 } },
  )
  fc.assert(
    fc.property(fc.array(kinds, { maxLength: 200 }), fc.integer({ min: 1, max: 20 }), (said, epochs) => {
      const all = said.map((says, index) => epoch(index + 1, says))
      const kept = thin(all, { steps: 1, epochs })
      const places = kept.map((event) => all.indexOf(event))
      expect(places).toEqual([...places].sort((a, b) => a - b))
      const measured = said.map((_, i) => i).filter((i) => 'accuracy' in said[i]!.train!)
      const best = said.map((_, i) => i).filter((i) => said[i]!.best)
      expect(places).toEqual(expect.arrayContaining([...measured, ...best.slice(-1)]))
      if (said.length) expect(kept.at(-1)).toBe(all.at(-1))
      const others = all.length - measured.length
      expect(kept.length - measured.length).toBeLessThanOrEqual(Math.min(others, epochs + 1))
    }),
  )
})
