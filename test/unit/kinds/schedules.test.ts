import { describe, expect, it } from 'vitest'
import { createSchedule } from '../../../core/schedules/create-schedule'
import { schedules } from '../../../core/schedules/registry'
import first from '../../goldens/schedules.json'
import further from '../../goldens/schedules2.json'
import { expectNear } from './run'

interface Golden {
  readonly schedule: string
  readonly config: object
  readonly rates: number[]
  readonly losses?: number[]
}

const goldens: Golden[] = [...first.cases, ...further.cases]
const { learningRate, totalSteps } = first

/** The rates of a training, one an epoch or one a step. */
function ratesOf({ schedule, config, rates, losses }: Golden, stepsPerEpoch: number): number[] {
  const made = createSchedule({ type: schedule, ...config })
  let state = made.start
  return rates.map((_, epoch) => {
    const moment = { epoch, epochs: totalSteps, step: epoch * stepsPerEpoch, stepsPerEpoch }
    const factor = made.factor(moment, state)
    const after = { ...moment, epoch: epoch + 1, step: moment.step + stepsPerEpoch }
    state = made.next(after, state, losses?.[epoch] ?? 0)
    return learningRate * factor
  })
}

describe('schedules', () => {
  it('all have golden numbers', () => {
    expect(new Set(goldens.map((golden) => golden.schedule))).toEqual(
      new Set(schedules.list.map((kind) => kind.type)),
    )
  })

  it.each(goldens)('$schedule $config has PyTorch’s rates', (golden) => {
    expectNear(ratesOf(golden, 1), golden.rates, 1e-11, 1e-14)
  })

  const byEpoch = first.cases
  it.each(byEpoch)('$schedule counts epochs, however many steps they have', (golden) => {
    expectNear(ratesOf(golden, 7), golden.rates, 1e-11, 1e-14)
  })

  it.each(schedules.list)('$type begins with its own factor and needs no loss to do so', ({ type }) => {
    const made = createSchedule({ type })
    const factor = made.factor({ epoch: 0, epochs: 10, step: 0, stepsPerEpoch: 5 }, made.start)
    expect(factor).toBeCloseTo(type === 'one-cycle' ? 1 / 25 : 1, 12)
  })

  it('cosine ends at its minimum and begins at the full rate', () => {
    const { factor, start } = createSchedule({ type: 'cosine', minimum: 0.25 })
    const at = (epoch: number): number => factor({ epoch, epochs: 10, step: 0, stepsPerEpoch: 1 }, start)
    expect([at(0), at(5), at(10)]).toEqual([1, 0.625, 0.25])
  })
})

describe('a warm-up', () => {
  const at = (entry: { type: string }, step: number): number => {
    const { factor, start } = createSchedule(entry)
    return factor({ epoch: Math.floor(step / 4), epochs: 10, step, stepsPerEpoch: 4 }, start)
  }

  it('rises in a line to the full rate, counted in epochs or in steps', () => {
    const epochs = { type: 'constant', warmup: 2 }
    const steps = { type: 'constant', warmup: 8, warmupUnit: 'steps' }
    for (const entry of [epochs, steps]) {
      const rates = Array.from({ length: 12 }, (_, step) => at(entry, step))
      expectNear(
        rates,
        [1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 9, 9].map((n) => n / 9),
        1e-14,
      )
    }
  })

  it('comes before the schedule’s own time: cosine has its middle in the middle of what is left', () => {
    expect(at({ type: 'cosine', warmup: 2 } as never, 8)).toBe(1)
    expectNear([at({ type: 'cosine', warmup: 2 } as never, 8 + 16)], [0.5], 1e-14)
  })

  it('as long as the training, or longer, gives finite rates with every schedule', () => {
    for (const { type } of schedules.list)
      for (const warmup of [10, 50])
        for (const step of [0, 20, 39])
          expect(Number.isFinite(at({ type, warmup } as never, step)), `${type} ${warmup}`).toBe(true)
  })

  it('is no plateau: epochs in it are not counted', () => {
    const made = createSchedule({ type: 'reduce-on-plateau', patience: 1, warmup: 5 })
    let state = made.start
    const moment = (epoch: number) => ({ epoch, epochs: 20, step: epoch * 4, stepsPerEpoch: 4 })
    for (let epoch = 1; epoch <= 5; epoch++) state = made.next(moment(epoch), state, 1)
    expect(state).toEqual(made.start)
    for (let epoch = 6; epoch <= 8; epoch++) state = made.next(moment(epoch), state, 1)
    expect(state.factor).toBeCloseTo(0.1, 12)
  })
})
