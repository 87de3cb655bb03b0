import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeData } from '../../../core/data/describe'
import { foldSplit } from '../../../core/data/fold-split'
import { prepareData } from '../../../core/data/prepare'
import { splitNames } from '../../../core/data/prepared'
import { proposeExperiment } from '../../../core/data/propose'
import { splitRows, type Splits } from '../../../core/data/split'
import { balanceGroups } from '../../../core/data/splits/balance-groups'
import { cutAt } from '../../../core/data/splits/cut-at'
import { splitKinds } from '../../../core/data/splits/kinds'
import { splitSchema, type SplitSettings } from '../../../core/experiment/schema'
import { foldMember } from '../../../core/training/cross-validation'
import { experimentOn, pageOf, repeat, tableOf } from './tables'

type Strategy = SplitSettings['strategy']
const settings = (given: object): SplitSettings => splitSchema.parse(given)
const sorted = (rows: Iterable<number>): number[] => [...rows].sort((a, b) => a - b)
const allOf = (splits: Splits): number[] => splitNames.flatMap((name) => [...splits[name]])
const valuesOf = (rows: Uint32Array, keys: readonly number[]): number[] =>
  Array.from(rows, (row) => keys[row]!)

/** Keys of 3 to 12 values, each at least once, and a class for each row. */
const keyed = fc
  .record({
    distinct: fc.integer({ min: 4, max: 12 }),
    more: fc.array(fc.integer({ min: 0, max: 1000 }), { maxLength: 80 }),
    seed: fc.nat(),
  })
  .map(({ distinct, more, seed }) => {
    const keys = [...more.map((key) => key % distinct), ...Array.from({ length: distinct }, (_, i) => i)]
    return { keys, classes: keys.map((key, row) => (key * 7 + row) % 3), seed }
  })

describe('a grouped split', () => {
  const shared = (keys: readonly number[], seed: number, classes?: readonly number[]) =>
    splitRows(
      { count: keys.length, keys: Float64Array.from(keys), ...(classes && { classes }) },
      settings({ strategy: 'grouped', seed }),
    )

  it('gives every row to one split, and no group to two; every split has a group', () => {
    fc.assert(
      fc.property(keyed, ({ keys, classes, seed }) => {
        const splits = shared(keys, seed, classes)
        expect(sorted(allOf(splits))).toEqual(keys.map((_, row) => row))
        const groups = splitNames.map((name) => new Set(valuesOf(splits[name], keys)))
        expect(groups.every(({ size }) => size > 0)).toBe(true)
        expect(groups.reduce((sum, { size }) => sum + size, 0)).toBe(new Set(keys).size)
      }),
    )
  })

  it('comes as near to the shares as the best of all ways to share groups out', () => {
    const cases = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 3, maxLength: 7 })
    const shares = [0.7, 0.15, 0.15]
    const measure = (sizes: readonly number[], places: ArrayLike<number>): number => {
      const total = sizes.reduce((sum, size) => sum + size, 0)
      const rows = shares.map((share, part) =>
        sizes.reduce((sum, size, i) => sum + (places[i] === part ? size : 0), -share * total),
      )
      return rows.reduce((sum, excess) => sum + excess ** 2, 0)
    }
    fc.assert(
      fc.property(cases, (sizes) => {
        const order = [...sizes].sort((a, b) => b - a)
        const ways = 3 ** order.length
        let best = Infinity
        for (let way = 0; way < ways; way++) {
          const places = order.map((_, i) => Math.floor(way / 3 ** i) % 3)
          if (new Set(places).size === 3) best = Math.min(best, measure(order, places))
        }
        const found = measure(
          order,
          balanceGroups(
            order.map((size) => [size]),
            shares,
          ),
        )
        expect(found).toBeCloseTo(best, 6)
      }),
      { numRuns: 60 },
    )
  })

  it('of many groups gives no part more or less than its share by more than a group', () => {
    const cases = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 10, maxLength: 60 })
    const shares = [0.7, 0.15, 0.15]
    fc.assert(
      fc.property(cases, (sizes) => {
        const order = [...sizes].sort((a, b) => b - a)
        const places = balanceGroups(
          order.map((size) => [size]),
          shares,
        )
        const total = sizes.reduce((sum, size) => sum + size, 0)
        shares.forEach((share, part) => {
          const rows = order.reduce((sum, size, i) => sum + (places[i] === part ? size : 0), 0)
          expect(Math.abs(rows - share * total)).toBeLessThanOrEqual(order[0]!)
        })
      }),
    )
  })

  it('keeps classes in proportion where groups allow: pure groups of two classes', () => {
    const keys = Array.from({ length: 200 }, (_, row) => row % 40)
    const classes = keys.map((key) => (key % 4 === 0 ? 1 : 0))
    const splits = shared(keys, 3, classes)
    const ofOne = (name: keyof Splits): number => splits[name].filter((row) => classes[row] === 1).length
    // 50 rows of class 1 in groups of 5: 35, 7.5 and 7.5 would be exact.
    expect([ofOne('train'), ofOne('validation') + ofOne('test')]).toEqual([35, 15])
    expect(splits.train.length).toBe(140)
  })

  it('is another for another seed, and the same for the same', () => {
    const keys = Array.from({ length: 90 }, (_, row) => row % 30)
    expect(shared(keys, 1)).toEqual(shared(keys, 1))
    expect(shared(keys, 1).test).not.toEqual(shared(keys, 2).test)
  })

  it('explains that there are too few groups', () => {
    expect(pageOf(() => shared([1, 1, 2, 2, 2], 1))).toMatchObject({
      code: 'too-few-groups',
      expected: '3 groups, one for each split',
      came: '2 groups',
    })
  })
})

describe('a split by time', () => {
  const shared = (keys: readonly number[], given: object = {}) =>
    splitRows({ count: keys.length, keys: Float64Array.from(keys) }, settings({ strategy: 'time', ...given }))

  it('keeps the order of time, tears no time apart, and takes every row once', () => {
    fc.assert(
      fc.property(keyed, ({ keys }) => {
        const splits = shared(keys)
        expect(sorted(allOf(splits))).toEqual(keys.map((_, row) => row))
        const [train, validation, test] = splitNames.map((name) => valuesOf(splits[name], keys))
        expect(Math.max(...train!)).toBeLessThan(Math.min(...validation!))
        expect(Math.max(...validation!)).toBeLessThan(Math.min(...test!))
      }),
    )
  })

  it('has the shares exactly where no two rows are of one time', () => {
    const { train, validation, test } = shared(Array.from({ length: 20 }, (_, row) => (row * 7) % 20))
    expect([train.length, validation.length, test.length]).toEqual([14, 3, 3])
  })

  it('leaves out rows without a time, and explains that there are too few times', () => {
    expect(allOf(shared([4, NaN, 3, 2, 1, NaN]))).toHaveLength(4)
    expect(pageOf(() => shared([1, 1, 2, 2]))).toMatchObject({
      code: 'too-few-times',
      came: '2 different times',
    })
    expect(allOf(shared([1, 1, 2, 2], { train: 0.5, validation: 0, test: 0.5 }))).toHaveLength(4)
  })

  it('cuts at the nearest ends of blocks: none nearer for any boundary', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 3, maxLength: 12 })
    fc.assert(
      fc.property(sizes, (blocks) => {
        const total = blocks.reduce((sum, size) => sum + size, 0)
        const cuts = cutAt(blocks, [total * 0.7, total * 0.15, total * 0.15])
        const ends = blocks.reduce((all, size) => [...all, all.at(-1)! + size], [0])
        const off = (cut: number, goal: number): number => Math.abs(ends[cut]! - goal)
        expect(cuts).toHaveLength(4)
        for (let cut = 1; cut <= blocks.length - 2; cut++)
          expect(off(cuts[1]!, total * 0.7)).toBeLessThanOrEqual(off(cut, total * 0.7) + 1e-9)
        expect(cuts[1]).toBeLessThan(cuts[2]!)
        expect(cuts[2]).toBeLessThan(blocks.length)
      }),
    )
  })
})

describe('folds', () => {
  it('by time: each is trained on what came before it, and together they test all but the beginning', () => {
    fc.assert(
      fc.property(keyed, fc.integer({ min: 2, max: 3 }), ({ keys }, folds) => {
        const given = { folds, split: settings({ strategy: 'time' }) }
        const rows = { count: keys.length, keys: Float64Array.from(keys) }
        const splits = Array.from({ length: folds }, (_, fold) => foldSplit(given, fold)(rows))
        for (const { train, validation, test } of splits) {
          const [learned, judged] = [[...train, ...validation], [...test]].map((part) =>
            part.map((row) => keys[row]!),
          )
          expect(Math.max(...learned!)).toBeLessThan(Math.min(...judged!))
        }
        const tested = splits.flatMap(({ test }) => [...test])
        expect(new Set(tested).size).toBe(tested.length)
        const beginning = [...splits[0]!.train, ...splits[0]!.validation]
        expect(sorted([...beginning, ...tested])).toEqual(keys.map((_, row) => row))
      }),
    )
  })

  it('of groups: no group is on two sides, and every row is tested once', () => {
    fc.assert(
      fc.property(keyed, ({ keys, classes, seed }) => {
        const given = { folds: 3, split: settings({ strategy: 'grouped', seed }) }
        const rows = { count: keys.length, classes, keys: Float64Array.from(keys) }
        const splits = [0, 1, 2].map((fold) => foldSplit(given, fold)(rows))
        expect(sorted(splits.flatMap(({ test }) => [...test]))).toEqual(keys.map((_, row) => row))
        for (const each of splits) {
          const sides = splitNames.map((name) => new Set(valuesOf(each[name], keys)))
          expect(sides.reduce((sum, { size }) => sum + size, 0)).toBe(new Set(keys).size)
        }
      }),
    )
  })

  it('of a marker are refused, with the reason', () => {
    const rows = { count: 6, keys: Float64Array.of(0, 0, 0, 1, 2, 2) }
    expect(pageOf(() => foldSplit({ folds: 2, split: settings({ strategy: 'marker' }) }, 0)(rows)).code).toBe(
      'marker-folds',
    )
  })
})

/** 40 rows: 8 persons, 20 days twice each, published splits. */
const x = Array.from({ length: 40 }, (_, row) => String((row * 37) % 101))
const columns = {
  x,
  y: x.map((value, row) => String(Number(value) * 2 + row)),
  patient: x.map((_, row) => `p${row % 8}`),
  day: x.map((_, row) => `2024-02-${String((row >> 1) + 1).padStart(2, '0')}`),
  set: repeat(['Train', 'training', 'DEV', 'train', 'holdout'], 40),
}
const roles = {
  x: { role: 'feature' },
  y: { role: 'target' },
  patient: { role: 'group' },
  day: { role: 'time' },
  set: { role: 'split' },
} as const
const experimentFor = (strategy: Strategy, split: object = {}) =>
  experimentOn({ columns: roles, split: { strategy, ...split } })

describe('an experiment', () => {
  const table = tableOf(columns)

  it('goes by the columns with the roles, which are no inputs', () => {
    const marked = prepareData(table, experimentFor('marker'))
    expect(marked.preprocessing.inputNames).toEqual(['x'])
    const words = (rows: Uint32Array): string[] => [...new Set(Array.from(rows, (row) => columns.set[row]!))]
    expect(splitNames.map((name) => words(marked.splits[name]))).toEqual([
      ['Train', 'training', 'train'],
      ['DEV'],
      ['holdout'],
    ])
    const timed = prepareData(table, experimentFor('time'))
    expect(sorted(timed.splits.test)).toEqual([34, 35, 36, 37, 38, 39])
    const persons = prepareData(table, experimentFor('grouped'))
    const inTest = new Set(Array.from(persons.splits.test, (row) => columns.patient[row]))
    for (const row of persons.splits.train) expect(inTest.has(columns.patient[row])).toBe(false)
  })

  it('goes by the column that it names before one with the role', () => {
    const { splits } = prepareData(table, experimentFor('grouped', { by: 'day' }))
    const days = splitNames.map((name) => new Set(Array.from(splits[name], (row) => columns.day[row])))
    expect(days.reduce((sum, { size }) => sum + size, 0)).toBe(20)
  })

  it('takes words of a marker as told, leaves out rows without one, and asks for the meaning of others', () => {
    const odd = tableOf({ ...columns, set: repeat(['A', 'B', 'C', 'skip', ''], 40) })
    const marks = { A: 'train', B: 'validation', C: 'test', skip: 'none' }
    const prepared = prepareData(odd, experimentFor('marker', { marks }))
    expect(splitNames.map((name) => prepared.splits[name].length)).toEqual([8, 8, 8])
    expect([...prepared.fileRows].slice(0, 5)).toEqual([1, 2, 3, 6, 7])
    const { contents, dropped } = describeData(prepared, odd, experimentFor('marker', { marks }).data)
    expect([contents.leftOut, dropped]).toEqual([16, 16])
    const page = pageOf(() => prepareData(odd, experimentFor('marker', { marks: { A: 'train' } })))
    expect(page).toMatchObject({ code: 'unknown-mark', came: '"B"', place: { column: 'set' } })
    expect(page.advice).toContain('"marks": { "B": "train" }')
  })

  it('says what each split holds', () => {
    const prepared = prepareData(table, experimentFor('time'))
    const { contents } = describeData(prepared, table, experimentFor('time').data)
    expect(contents).toMatchObject({ strategy: 'time', by: 'day', group: 'patient', time: 'day', leftOut: 0 })
    expect(contents.splits.test).toMatchObject({ groups: 6, from: '2024-02-18', to: '2024-02-20' })
    const tested = columns.y.slice(34).map(Number)
    const mean = tested.reduce((sum, value) => sum + value, 0) / 6
    const variance = tested.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 6
    expect(contents.splits.test.mean).toBeCloseTo(mean, 3)
    expect(contents.splits.test.deviation).toBeCloseTo(Math.sqrt(variance), 3)
  })

  it('has one column of a kind to go by', () => {
    const two = experimentOn({ columns: { ...roles, day: { role: 'group' } } })
    expect(pageOf(() => prepareData(table, two))).toMatchObject({
      code: 'two-keys',
      came: '2: "patient", "day"',
    })
  })

  it('explains a strategy without a column', () => {
    const bare = experimentOn({ columns: { y: { role: 'target' } }, split: { strategy: 'grouped' } })
    expect(pageOf(() => prepareData(table, bare))).toMatchObject({
      code: 'no-split-column',
      advice: 'Name the column in data.split.by, or give it the role group.',
    })
    const wrong = experimentFor('time', { by: 'dya' })
    expect(pageOf(() => prepareData(table, wrong))).toMatchObject({ code: 'unknown-column' })
  })

  it.each(Object.keys(splitKinds) as Strategy[])(
    'split %s fits nothing on rows that are held out',
    (strategy) => {
      const before = prepareData(table, experimentFor(strategy))
      const held = new Set([...before.splits.validation, ...before.splits.test])
      const changed = tableOf({
        ...columns,
        x: columns.x.map((value, row) => (held.has(row) ? String(Number(value) * 1000 + 7) : value)),
        y: columns.y.map((value, row) => (held.has(row) ? String(-Number(value) * 50) : value)),
      })
      const after = prepareData(changed, experimentFor(strategy))
      expect(after.splits).toEqual(before.splits)
      expect(after.preprocessing).toEqual(before.preprocessing)
      expect(after.features.values).not.toEqual(before.features.values)
    },
  )

  it.each((Object.keys(splitKinds) as Strategy[]).filter((strategy) => strategy !== 'marker'))(
    'folds %s fit nothing on rows that are held out',
    (strategy) => {
      const wish = (of: typeof table) => ({ table: of, experiment: experimentFor(strategy), folds: 3 })
      const before = foldMember(wish(table), 1).data
      const held = new Set(
        [...before.splits.validation, ...before.splits.test].map((row) => before.fileRows[row]! - 1),
      )
      const x = columns.x.map((value, row) => (held.has(row) ? '9999' : value))
      const after = foldMember(wish(tableOf({ ...columns, x })), 1).data
      expect(after.preprocessing).toEqual(before.preprocessing)
    },
  )
})

describe('a proposal', () => {
  const propose = (cells: Record<string, readonly string[]>) =>
    proposeExperiment(tableOf(cells), { source: 'table.csv', csv: {}, target: 'y' }).data
  const { x, y, patient, day, set } = columns

  it('goes by a published split, by time, and by persons that come more than once', () => {
    const marked = propose({ x, y, patient, set })
    expect([marked.split.strategy, marked.columns['set']!.role]).toEqual(['marker', 'split'])
    const persons = propose({ x, y, patient })
    expect([persons.split.strategy, persons.columns['patient']!.role]).toEqual(['grouped', 'group'])
    const rising = x.map((_, row) => new Date(Date.UTC(2024, 0, row + 1)).toISOString().slice(0, 10))
    const series = propose({ x, y, day: rising })
    expect([series.split.strategy, series.columns['day']!.role]).toEqual(['time', 'time'])
  })

  it('does not where names only look like it', () => {
    const words = repeat(['train', 'bus'], 40)
    expect(propose({ x, y, set: words }).split.strategy).toBe('random')
    const once = x.map((_, row) => `p${row}`)
    expect(propose({ x, y, patient: once }).split.strategy).toBe('random')
    expect(propose({ x, y, day }).split.strategy).toBe('random')
  })

  it('is trained on as it is', () => {
    const table = tableOf(columns)
    const experiment = proposeExperiment(table, { source: 'table.csv', csv: {}, target: 'y' })
    expect(prepareData(table, experiment).preprocessing.inputNames).toEqual(['x', 'day'])
  })
})
