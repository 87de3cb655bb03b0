import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRandom } from '../../../core/random/create-random'
import { threefry } from '../../../core/random/threefry'
import goldens from '../../goldens/threefry.json'

const seeds = fc.nat({ max: 4294967295 })
const draws = (count: number, draw: () => number): number[] => Array.from({ length: count }, draw)

describe('threefry', () => {
  const parse = (words: string[]): number[] => words.map((word) => parseInt(word, 16))
  it.each([...goldens.known, ...goldens.random])('of key $key and counter $counter is known', (row) => {
    const [k, c] = [parse(row.key), parse(row.counter)]
    expect(threefry(k[0]!, k[1]!, c[0]!, c[1]!)).toEqual(parse(row.output))
  })
})

describe('a random stream', () => {
  it('begins with threefry of its key and count', () => {
    const random = createRandom(7)
    expect(random.key).toEqual([7, 0])
    expect(draws(4, () => random.word())).toEqual([...threefry(7, 0, 0, 0), ...threefry(7, 0, 1, 0)])
  })

  it('has different words for seeds that differ only above 2^32', () => {
    expect(createRandom(2 ** 32 + 1).word()).not.toBe(createRandom(1).word())
  })

  it('refuses seeds that are not whole numbers from 0', () => {
    for (const seed of [-1, 0.5, NaN, 2 ** 53]) expect(() => createRandom(seed)).toThrow(RangeError)
  })

  it('permutes without loss', () => {
    fc.assert(
      fc.property(seeds, fc.nat({ max: 300 }), (seed, count) => {
        const order = createRandom(seed).permutation(count)
        expect([...order].sort((a, b) => a - b)).toEqual([...Array(count).keys()])
      }),
    )
  })

  it('gives every order of three things equally often', () => {
    const random = createRandom(3)
    const counts = new Map<string, number>()
    for (let i = 0; i < 6000; i++) {
      const order = random.permutation(3).join('')
      counts.set(order, (counts.get(order) ?? 0) + 1)
    }
    expect(counts.size).toBe(6)
    for (const count of counts.values())
      expect(Math.abs(count - 1000)).toBeLessThan(5 * Math.sqrt(1000 * (5 / 6)))
  })

  it('gives whole numbers below their bound', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 1, max: 2 ** 32 }), (seed, bound) => {
        const value = createRandom(seed).integer(bound)
        expect(Number.isInteger(value) && value >= 0 && value < bound).toBe(true)
      }),
    )
    for (const bound of [0, -1, 1.5, 2 ** 32 + 1])
      expect(() => createRandom(1).integer(bound)).toThrow(RangeError)
  })

  it('has no bias towards small numbers under a bound of 3 * 2^30', () => {
    const random = createRandom(11)
    const low = draws(20_000, () => random.integer(3 * 2 ** 30)).filter((x) => x < 2 ** 30).length
    expect(Math.abs(low - 20_000 / 3)).toBeLessThan(5 * Math.sqrt((20_000 * 2) / 9))
  })

  it('has uniform numbers in [0, 1) with the right mean and variance', () => {
    const random = createRandom(5)
    const values = draws(50_000, () => random.uniform())
    const mean = values.reduce((a, b) => a + b) / values.length
    const variance = values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length
    expect(values.every((x) => x >= 0 && x < 1)).toBe(true)
    expect(Math.abs(mean - 1 / 2)).toBeLessThan(5 * Math.sqrt(1 / 12 / 50_000))
    expect(Math.abs(variance - 1 / 12)).toBeLessThan(5 * Math.sqrt(1 / 180 / 50_000))
  })

  it('has normal numbers with the right moments and tail', () => {
    const random = createRandom(6)
    const values = draws(50_000, () => random.normal())
    const moment = (k: number): number => values.reduce((a, b) => a + b ** k, 0) / values.length
    expect(Math.abs(moment(1))).toBeLessThan(5 * Math.sqrt(1 / 50_000))
    expect(Math.abs(moment(2) - 1)).toBeLessThan(5 * Math.sqrt(2 / 50_000))
    expect(Math.abs(moment(4) - 3)).toBeLessThan(5 * Math.sqrt(96 / 50_000))
    const beyond = values.filter((x) => Math.abs(x) > 1.959963984540054).length / 50_000
    expect(Math.abs(beyond - 0.05)).toBeLessThan(5 * Math.sqrt((0.05 * 0.95) / 50_000))
  })
})

describe('a split stream', () => {
  it('is the same however much its parent drew, and does not move its parent', () => {
    fc.assert(
      fc.property(seeds, fc.string(), fc.nat({ max: 20 }), (seed, label, drawn) => {
        const [fresh, used, alone] = [createRandom(seed), createRandom(seed), createRandom(seed)]
        draws(drawn, () => used.word())
        draws(drawn, () => alone.word())
        expect(used.split(label).key).toEqual(fresh.split(label).key)
        expect(used.word()).toBe(alone.word())
      }),
    )
  })

  it('differs from its siblings, its parent and its children', () => {
    const root = createRandom(1)
    const labels = ['', '\0', '\0\0', 'a', 'b', 'ab', 'ba', 'abc', 'weights', 'weights ', 'w', 0, 1, 10]
    const streams = [root, ...labels.map((label) => root.split(label)), root.split('a').split('b')]
    expect(new Set(streams.map((stream) => stream.key.join())).size).toBe(streams.length)
  })

  it('is not correlated with its parent', () => {
    const [parent, child] = [createRandom(9), createRandom(9).split('child')]
    const products = draws(20_000, () => (parent.uniform() - 0.5) * (child.uniform() - 0.5))
    const correlation = (products.reduce((a, b) => a + b) / products.length) * 12
    expect(Math.abs(correlation)).toBeLessThan(5 / Math.sqrt(20_000))
  })
})
