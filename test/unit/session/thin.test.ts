import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Gathered } from '../../../core/protocol/gathered'
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

const gathered = (events: readonly TrainingEvent[], limits: { steps: number; epochs: number }) => {
  const all = new Gathered(limits)
  for (const event of events) all.add(event)
  return all.take()
}

it('gathers few events as if all had been kept until they are thinned', () => {
  const events = fc.array(fc.constantFrom('step', 'plain', 'best', 'measured'), { maxLength: 24 })
  fc.assert(
    fc.property(events, (kinds) => {
      const all = kinds.map((kind, i) => {
        const train: EpochEvent['train'] = kind === 'measured' ? { loss: 1, accuracy: 1 } : { loss: 1 }
        return kind === 'step' ? step(i) : epoch(i, { best: kind === 'best', train })
      })
      const limits = { steps: 12, epochs: 12 }
      expect(gathered(all, limits)).toEqual(thin(all, limits))
    }),
  )
})

it('gathers thousands evenly, with every measured epoch, the best one and the last of each kind', () => {
  const all = Array.from({ length: 9001 }, (_, i) => {
    if (i % 3 === 0) return step(i)
    const measured = i % 1000 === 4
    return epoch(i, {
      best: i % 2 === 0 && i < 5000,
      train: measured ? { loss: 1, accuracy: 1 } : { loss: 1 },
    })
  })
  const limits = { steps: 20, epochs: 50 }
  const left = gathered(all, limits)
  const placesOf = (wanted: (event: TrainingEvent) => boolean) =>
    left.filter(wanted).map((event) => all.indexOf(event))
  const [steps, epochs] = [placesOf(({ type }) => type === 'step'), placesOf(({ type }) => type === 'epoch')]
  expect(steps).toHaveLength(limits.steps)
  expect([steps.at(-1), epochs.at(-1)]).toEqual([9000, 8999])
  expect(epochs).toEqual(expect.arrayContaining([4, 1004, 3004, 4004, 6004, 7004, 4996]))
  expect(epochs.length).toBeLessThanOrEqual(limits.epochs + 1 + 6)
  for (const places of [steps, epochs]) {
    expect(places).toEqual([...places].sort((a, b) => a - b))
    // Twice the mean distance at the most, and as much before the first.
    places.forEach((place, i) =>
      expect(place - (places[i - 1] ?? 0)).toBeLessThanOrEqual((2.1 * 9000) / (places === steps ? 20 : 50)),
    )
  }
})

it('has nothing left after it was taken', () => {
  const all = new Gathered({ steps: 1, epochs: 1 })
  expect(all.isEmpty).toBe(true)
  for (let i = 0; i < 10; i++) all.add(epoch(i))
  expect([all.isEmpty, all.take().length, all.isEmpty, all.take().length]).toEqual([false, 1, true, 0])
})
