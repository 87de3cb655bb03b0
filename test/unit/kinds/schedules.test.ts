import { describe, expect, it } from 'vitest'
import { schedules } from '../../../core/schedules/registry'
import goldens from '../../goldens/schedules.json'
import { expectNear } from './run'

describe('schedules', () => {
  it('all have golden numbers', () => {
    expect(new Set(goldens.cases.map((golden) => golden.schedule))).toEqual(
      new Set(schedules.list.map((kind) => kind.type)),
    )
  })

  it.each(goldens.cases)('$schedule has PyTorch’s rates, one a epoch', ({ schedule, config, rates }) => {
    const { type: _type, ...settings } = schedules.parse({ type: schedule, ...config })
    const came = rates.map((_, epoch) => {
      const moment = { epoch, epochs: goldens.totalSteps, step: epoch * 7, stepsPerEpoch: 7 }
      return goldens.learningRate * schedules.get(schedule).factor(settings, moment)
    })
    expectNear(came, rates, 1e-11, 1e-14)
  })

  it('cosine ends at its minimum and begins at the full rate', () => {
    const at = (epoch: number): number =>
      schedules.get('cosine').factor({ minimum: 0.25 }, { epoch, epochs: 10, step: 0, stepsPerEpoch: 1 })
    expect([at(0), at(5), at(10)]).toEqual([1, 0.625, 0.25])
  })
})
