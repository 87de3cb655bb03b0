import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sortNumbers } from '../../../core/numerics/sort-numbers'
import { createRandom } from '../../../core/random/create-random'

const random = createRandom(5)
const bytes = (values: Float64Array): Uint8Array => new Uint8Array(values.buffer)
const expectSorted = (values: Float64Array): void => {
  const before = values.slice()
  expect(Buffer.compare(bytes(sortNumbers(values)), bytes(values.slice().sort()))).toBe(0)
  expect(Buffer.compare(bytes(values), bytes(before))).toBe(0)
}

const shapes: Record<string, () => number> = {
  'measured values': () => random.normal() * 100,
  'few whole numbers': () => Math.floor(random.uniform() * 7),
  'many whole numbers': () => Math.floor(random.uniform() * 40_000) - 1000,
  'orders of magnitude': () => 10 ** (600 * (random.uniform() - 0.5)),
  'heavy tails': () => Math.tan(Math.PI * (random.uniform() - 0.5)) ** 3,
  'one number': () => 3,
  'both zeros and missing cells': () => [0, -0, NaN, 1, -1][Math.floor(random.uniform() * 5)]!,
  'no end': () => [Infinity, -Infinity, 5, 7][Math.floor(random.uniform() * 4)]!,
  'the whole range of doubles': () => (random.uniform() < 0.5 ? -1 : 1) * 1.7e308 * random.uniform(),
  'nothing but missing cells': () => NaN,
}

describe('numbers are sorted to the bits that the runtime gives', () => {
  it.each(Object.entries(shapes))('%s', (_, draw) => {
    for (const count of [0, 1, 300, 5000, 70_000])
      expectSorted(Float64Array.from({ length: count }, (_, i) => (i % 100 === 7 ? NaN : draw())))
  })

  it('one far off all others', () => {
    const values = Float64Array.from({ length: 70_000 }, () => random.normal())
    values[9] = 1e12
    values[10] = -0
    expectSorted(values)
  })

  it('any numbers at all', () => {
    const some = fc.double()
    const list = fc.array(some, { minLength: 256, maxLength: 900 })
    fc.assert(
      fc.property(list, (values) => expectSorted(Float64Array.from(values))),
      { numRuns: 200 },
    )
  })
})
