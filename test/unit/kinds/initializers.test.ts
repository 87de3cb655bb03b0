import { describe, expect, it } from 'vitest'
import { initializers } from '../../../core/initializers/registry'
import { createRandom } from '../../../core/random/create-random'

const [fanIn, fanOut, size] = [30, 20, 40_000]

function draw(type: string): Float64Array {
  const values = new Float64Array(size)
  initializers.get(type).fill(values, { shape: [size], fanIn, fanOut }, createRandom(1).split(type))
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

  it.each([[[7, 7]], [[5, 20]], [[20, 5]], [[3, 3, 2, 4]], [[1, 6]], [[60, 64]]])(
    'orthogonal makes %j a matrix with orthonormal rows or columns, whichever are fewer',
    (shape) => {
      const columns = shape.at(-1)!
      const rows = shape.reduce((a, b) => a * b, 1) / columns
      const values = new Float64Array(rows * columns)
      initializers.get('orthogonal').fill(values, { shape, fanIn: 1, fanOut: 1 }, createRandom(4))
      const [count, length] = rows <= columns ? [rows, columns] : [columns, rows]
      const at = (i: number, j: number) => values[rows <= columns ? i * columns + j : j * columns + i]!
      for (let i = 0; i < count; i++)
        for (let k = 0; k < count; k++) {
          let product = 0
          for (let j = 0; j < length; j++) product += at(i, j) * at(k, j)
          expect(Math.abs(product - Number(i === k))).toBeLessThan(1e-14)
        }
    },
  )

  it('orthogonal favours no direction: turns and reflections, each number as often above 0 as below', () => {
    const draws = 400
    const above = [0, 0, 0, 0]
    let reflections = 0
    for (let seed = 0; seed < draws; seed++) {
      const w = new Float64Array(4)
      initializers.get('orthogonal').fill(w, { shape: [2, 2], fanIn: 2, fanOut: 2 }, createRandom(seed))
      w.forEach((value, i) => (above[i]! += Number(value > 0)))
      reflections += Number(w[0]! * w[3]! - w[1]! * w[2]! < 0)
    }
    const room = (5 * Math.sqrt(draws)) / 2
    for (const count of [...above, reflections]) expect(Math.abs(count - draws / 2)).toBeLessThan(room)
  })

  it('zeros and ones are what they say', () => {
    expect(new Set(draw('zeros'))).toEqual(new Set([0]))
    expect(new Set(draw('ones'))).toEqual(new Set([1]))
  })

  it.each(drawn)('%s gives the same numbers for the same stream', (type) => {
    expect(draw(type)).toEqual(draw(type))
  })
})
