import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitRows } from '../../../core/data/split'
import { splitSchema } from '../../../core/experiment/schema'
import { pageOf } from './tables'

const settings = (given: object = {}) => splitSchema.parse(given)
const sizes = ({ train, validation, test }: ReturnType<typeof splitRows>) => [
  train.length,
  validation.length,
  test.length,
]

describe('a split', () => {
  it('gives every row to exactly one part, and each class its shares to within one row', () => {
    const cases = fc.record({
      classes: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 3, maxLength: 200 }),
      seed: fc.nat(),
      strategy: fc.constantFrom('stratified' as const, 'random' as const, 'sequential' as const),
    })
    fc.assert(
      fc.property(cases, ({ classes, seed, strategy }) => {
        const splits = splitRows({ count: classes.length, classes }, settings({ seed, strategy }))
        const all = [...splits.train, ...splits.validation, ...splits.test]
        expect(all.sort((a, b) => a - b)).toEqual(classes.map((_, row) => row))
        if (strategy !== 'stratified') return
        for (const label of new Set(classes)) {
          const total = classes.filter((each) => each === label).length
          const inTrain = splits.train.filter((row) => classes[row] === label).length
          expect(inTrain).toBeGreaterThan(0)
          expect(Math.abs(inTrain - 0.7 * total)).toBeLessThanOrEqual(1)
        }
      }),
    )
  })

  it('comes out right in total too, with many small classes', () => {
    const classes = Array.from({ length: 200 }, (_, row) => row >> 2)
    expect(sizes(splitRows({ count: 200, classes }, settings()))).toEqual([140, 30, 30])
  })

  it('shares iris out as 35, 8 and 7 of 50, or the like', () => {
    const classes = Array.from({ length: 150 }, (_, row) => Math.floor(row / 50))
    const { train, validation, test } = splitRows({ count: 150, classes }, settings())
    const count = (rows: Uint32Array, label: number) => rows.filter((row) => classes[row] === label).length
    for (const label of [0, 1, 2]) {
      expect(count(train, label)).toBe(35)
      expect([7, 8]).toContain(count(validation, label))
      expect([7, 8]).toContain(count(test, label))
    }
  })

  it('is the same for the same seed and another for another', () => {
    const of = (seed: number) => [...splitRows({ count: 60 }, settings({ seed, strategy: 'random' })).test]
    expect(of(5)).toEqual(of(5))
    expect(of(5)).not.toEqual(of(6))
  })

  it('follows the file when sequential', () => {
    const { train, validation, test } = splitRows(
      { count: 10 },
      settings({ train: 0.6, validation: 0.2, test: 0.2, strategy: 'sequential' }),
    )
    expect([[...train], [...validation], [...test]]).toEqual([
      [0, 1, 2, 3, 4, 5],
      [6, 7],
      [8, 9],
    ])
  })

  it('leaves a share of 0 empty', () => {
    const none = settings({ train: 0.8, validation: 0.2, test: 0 })
    expect(splitRows({ count: 3, classes: [0, 1, 2] }, none).test).toHaveLength(0)
    expect(sizes(splitRows({ count: 1 }, settings()))).toEqual([1, 0, 0])
  })

  it('refuses shares that do not add to 1', () =>
    expect(
      pageOf(() => splitRows({ count: 10 }, settings({ train: 0.7, validation: 0.2, test: 0.2 }))),
    ).toEqual({
      code: 'bad-split',
      expected: 'shares of training, validation and test that add to 1',
      came: '0.7 + 0.2 + 0.2 = 1.1',
      advice: 'Change one of the shares; validation and test may be 0.',
      place: { path: 'data.split' },
    }))

  it('refuses a table without a row to train on', () =>
    expect(pageOf(() => splitRows({ count: 0 }, settings()))).toEqual({
      code: 'too-few-rows',
      expected: 'at least one row to train on',
      came: '0 rows with a target, none of them for training',
      advice: 'Use a table with more rows, or give training a larger share.',
      place: { path: 'data.split' },
    }))
})
