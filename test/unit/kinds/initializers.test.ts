import { describe, expect, it } from 'vitest'
import { initializers } from '../../../core/initializers/registry'
import { createRandom } from '../../../core/random/create-random'

const [fanIn, fanOut, size] = [30, 20, 40_000]

function draw(type: string): Float64Array {
  const values = new Float64Array(size)
  initializers.get(type).fill(values, fanIn, fanOut, createRandom(1).split(type))
  return values
}

const moment = (values: Float64Array, k: number): number =>
  values.reduce((total, x) => total + x ** k, 0) / values.length

/** Variances as the papers state them. */
const variances: Record<string, number> = {
  glorot: 2 / (fanIn + fanOut),
  he: 2 / fanIn,
  lecun: 1 / fanIn,
}
const drawn = initializers.list.filter((kind) => kind.type.includes('-')).map((kind) => kind.type)

describe('initializers', () => {
  it.each(drawn)('%s has mean 0, the variance of its paper and the shape of its name', (type) => {
    const [family, shape] = type.split('-') as [string, string]
    const [values, variance] = [draw(type), variances[family]!]
    // Excess over the variance squared: a normal's fourth moment is 3, an even draw's 9/5.
    const fourth = shape === 'normal' ? 3 : 9 / 5
    expect(Math.abs(moment(values, 1))).toBeLessThan(5 * Math.sqrt(variance / size))
    expect(Math.abs(moment(values, 2) / variance - 1)).toBeLessThan(5 * Math.sqrt((fourth - 1) / size))
    expect(Math.abs(moment(values, 4) / variance ** 2 - fourth)).toBeLessThan(0.25)
  })

  it.each(drawn.filter((type) => type.endsWith('uniform')))('%s stays within sqrt(3 variance)', (type) => {
    const limit = Math.sqrt(3 * variances[type.split('-')[0]!]!)
    const largest = draw(type).reduce((most, x) => Math.max(most, Math.abs(x)), 0)
    expect(largest).toBeLessThanOrEqual(limit)
    expect(largest).toBeGreaterThan(0.999 * limit)
  })

  it('zeros and ones are what they say', () => {
    expect(new Set(draw('zeros'))).toEqual(new Set([0]))
    expect(new Set(draw('ones'))).toEqual(new Set([1]))
  })

  it.each(drawn)('%s gives the same numbers for the same stream', (type) => {
    expect(draw(type)).toEqual(draw(type))
  })
})
