import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyFeatures } from '../../../../core/data/apply'
import { expandFeatures } from '../../../../core/data/features'
import { decodePredictions } from '../../../../core/data/prediction'
import { prepareData } from '../../../../core/data/prepare'
import { scales, steps, type StepName } from '../../../../core/data/preparing/registries'
import { kindsFor } from '../../../../core/data/preparing/settings'
import type { ColumnType } from '../../../../core/data/table'
import { preprocessingSchema } from '../../../../core/node/run-folder/preprocessing-schema'
import type { ColumnSettings } from '../../../../core/experiment/schema'
import { experimentOn, pageOf, tableOf } from '../tables'

const cells = {
  size: ['1', '2', '', '5', '4', '600', '3', '2'],
  colour: ['red', 'blue', 'blue', '', 'pink', 'red', 'grey', 'blue'],
  grade: ['low', 'high', 'mid', 'mid', 'low', '', 'high', 'low'],
  day: ['2024-01-01', '2024-03-09', '', '2024-06-21', '2024-07-01', '2024-09-30', '2024-11-11', '2024-12-31'],
  note: ['open the door', 'close the door', '', 'open it', 'Open the window', 'door', 'it is cold', 'cold'],
  moist: ['yes', 'no', 'no', '', 'no', 'yes', 'no', 'no'],
  price: ['10', '20', '30', '40', '50', '60', '70', '80'],
}
const types = { grade: 'category', note: 'text', day: 'date', colour: 'category' } as const

/** All rows train, in their order. */
const prepare = (columns: Record<string, ColumnSettings>, target: ColumnSettings = { scale: 'none' }) => {
  const names = Object.keys(cells).filter((name) => !(name in columns))
  const ignored = Object.fromEntries(names.map((name) => [name, { role: 'ignore' as const }]))
  const features = Object.entries(columns).map(
    ([name, each]) => [name, { role: 'feature' as const, ...each }] as const,
  )
  const all: Record<string, ColumnSettings> = {
    ...ignored,
    ...Object.fromEntries(features),
    price: { role: 'target', ...target },
  }
  const split = { train: 1, validation: 0, test: 0, strategy: 'sequential' } as const
  return prepareData(tableOf(cells, types), experimentOn({ columns: all, split }))
}

const inputs = (columns: Record<string, ColumnSettings>) => {
  const { features, preprocessing } = prepare(columns)
  const all = expandFeatures(features)
  const columnOf = (i: number) =>
    Array.from({ length: features.rows }, (_, row) => all[row * features.width + i]!)
  return Object.fromEntries(preprocessing.inputNames.map((name, i) => [name, columnOf(i)]))
}

describe('a scale', () => {
  const numbers = fc.array(fc.double({ min: -0.9, max: 50, noNaN: true }), { minLength: 3, maxLength: 40 })
  // The lowest and the highest value stand 1e-7 away from ranks of 0 and 1, which have no place under a bell curve.
  const tolerance = (type: string): number => (type === 'quantile' ? 1e-5 : 1e-9)

  it.each(scales.list.map((kind) => [kind.type, kind] as const))(
    '%s is undone by its inverse',
    (type, kind) => {
      fc.assert(
        fc.property(numbers, (values) => {
          fc.pre(new Set(values.map((value) => value.toFixed(3))).size > 2)
          const { type: _, ...config } = scales.create(type)
          const found = kind.fit(Float64Array.from(values), config)
          // Beyond, a power squeezes most values together closer than numbers can be.
          fc.pre(typeof found.lambda !== 'number' || Math.abs(found.lambda) < 3)
          const back = Float64Array.from(values)
          kind.apply(back, back.length, found)
          kind.invert(back, back.length, found)
          back.forEach((value, i) =>
            expect(Math.abs(value - values[i]!)).toBeLessThanOrEqual(50 * tolerance(type)),
          )
        }),
      )
    },
  )

  it('robust keeps its numbers within bounds where the quartiles differ by rounding alone', () => {
    const robust = scales.get('robust')
    const values = Float64Array.of(0, 0.0005, 0, 5e-324, -5e-324)
    robust.apply(values, 5, robust.fit(values, {}))
    expect([...values]).toEqual([0, 0.0005, 0, 5e-324, -5e-324])
  })

  it('of a target is undone in every prediction', () => {
    for (const { type, forTarget } of scales.list.filter((kind) => kind.forTarget)) {
      const { preprocessing, targets } = prepare({ size: {} }, { scale: type })
      expect(forTarget).toBe(true)
      targets.values.forEach((value, row) => {
        const made = decodePredictions(preprocessing.target, [value])[0]!
        expect(made.type === 'number' && made.value).toBeCloseTo(Number(cells.price[row]), 3)
      })
    }
  })

  it('that cannot be undone for any output is refused for a target', () => {
    expect(pageOf(() => prepare({ size: {} }, { scale: 'quantile' }))).toEqual({
      code: 'bad-setting',
      expected: 'a scale of the target that any prediction can be turned back from',
      came: '"quantile"',
      advice: 'Take "none", "standard", "min-max", "robust" or "log".',
      place: { column: 'price', path: 'data.columns.price.scale' },
    })
  })

  it('says which row it is not defined for', () => {
    const table = tableOf({ x: ['1', '-3', '5'], y: ['1', '2', '3'] })
    const columns = { x: { scale: 'log' }, y: { role: 'target' } } as const
    const split = { train: 1, validation: 0, test: 0 }
    expect(pageOf(() => prepareData(table, experimentOn({ columns, split })))).toMatchObject({
      code: 'outside-domain',
      expected: 'values above -1, as the scale “Logarithm” is defined for no others',
      came: '-3',
      place: { column: 'x', row: 2 },
    })
  })
})

describe('missing cells', () => {
  it('may be told by an input of their own, after all others', () => {
    const made = inputs({ size: { indicator: true, scale: 'none', missing: 'zero' }, moist: {} })
    expect(Object.keys(made)).toEqual(['size', 'moist = yes', 'size is missing'])
    expect(made['size is missing']).toEqual([0, 0, 1, 0, 0, 0, 0, 0])
    expect(made.size).toEqual([1, 2, 0, 5, 4, 600, 3, 2])
  })

  it('may become a constant: a number, yes or no, a date, a category of its own, a text', () => {
    const constant = (value: string | number) => ({ missing: { type: 'constant', value } })
    expect(inputs({ size: { ...constant(-7), scale: 'none' } }).size![2]).toBe(-7)
    expect(inputs({ moist: constant('yes') })['moist = yes']![3]).toBe(1)
    expect(inputs({ day: { ...constant('2020-01-01'), scale: 'none' } }).day![2]).toBe(18262)
    expect(inputs({ colour: constant('unknown') })['colour = unknown']).toEqual([0, 0, 0, 1, 0, 0, 0, 0])
    const note = { ...constant('door'), encode: 'bag-of-words' }
    expect(inputs({ note })['note: door']![2]).toBe(1)
  })

  it('cannot become a constant that is none of the column’s', () => {
    const page = pageOf(() => prepare({ size: { missing: { type: 'constant', value: 'x' } } }))
    expect(page).toEqual({
      code: 'bad-setting',
      expected: 'a value of a column of type number',
      came: '"x"',
      advice: 'Give a number, such as 0 or 2.5.',
      place: { column: 'size', path: 'data.columns.size.missing' },
    })
  })
})

describe('outliers', () => {
  it('become the limit, before the scale is fitted', () => {
    const clip = { type: 'quantiles', low: 0, high: 0.5 }
    const made = inputs({ size: { clip, scale: 'none', missing: 'zero' } })
    expect(made.size).toEqual([1, 2, 0 + 1, 3, 3, 3, 3, 2])
    const scaled = prepare({ size: { clip, missing: 'zero', scale: 'min-max' } }).preprocessing.features[0]!
    expect(scaled).toMatchObject({
      clip: { low: 1, high: 3 },
      scales: [{ type: 'min-max', offset: 1, factor: 2 }],
    })
  })
})

describe('categories', () => {
  it('of few rows are put together, and those never seen with them', () => {
    const { preprocessing } = prepare({ colour: { rare: { minimum: 2 } } })
    expect(preprocessing.inputNames).toEqual(['colour = blue', 'colour = red', 'colour = other'])
    expect(preprocessing.features[0]).toMatchObject({ rare: ['grey', 'pink'], unseen: 'other', fill: 'blue' })
    const later = tableOf({ colour: ['grey', 'violet', '', 'red'] }, { colour: 'category' })
    const { features, unseen } = applyFeatures(preprocessing, later)
    expect([...expandFeatures(features)]).toEqual([0, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 0])
    expect(unseen).toBe(1)
  })

  it.each([
    ['zeros', [0, 0, 0, 0]],
    ['fill', [1, 0, 0, 0]],
  ] as const)('never seen count as %s', (unseen, expected) => {
    const { preprocessing } = prepare({ colour: { unseen } })
    const { features } = applyFeatures(preprocessing, tableOf({ colour: ['violet'] }, { colour: 'category' }))
    expect([...expandFeatures(features)]).toEqual(expected)
  })

  it('may stand in an order, with the middle for those never seen', () => {
    const encode = { type: 'ordinal', order: ['low', 'mid', 'high'] }
    const { preprocessing, features } = prepare({ grade: { encode, scale: 'none' } })
    expect([...features.values]).toEqual([0, 2, 1, 1, 0, 0, 2, 0])
    const later = applyFeatures(preprocessing, tableOf({ grade: ['huge', 'high'] }, { grade: 'category' }))
    expect([...later.features.values]).toEqual([1, 2])
    expect(
      pageOf(() => prepare({ grade: { encode: { type: 'ordinal', order: ['low', 'high'] } } })),
    ).toMatchObject({
      code: 'bad-setting',
      came: 'an order without "mid"',
      place: { column: 'grade' },
    })
  })

  it('given their mean target have that of all training rows on new ones', () => {
    const encode = { type: 'target-mean', smoothing: 0 }
    const { preprocessing } = prepare({ colour: { encode, scale: 'none', missing: 'zero' } })
    expect(preprocessing.inputNames).toEqual(['colour: mean price'])
    const later = tableOf({ colour: ['blue', 'red', 'violet', ''] }, { colour: 'category' })
    const { values } = applyFeatures(preprocessing, later).features
    // blue: 20, 30 and 80; red: 10 and 60; others: the mean of all.
    expect([...values]).toEqual([Math.fround(130 / 3), 35, 45, 45])
  })
})

describe('dates', () => {
  it('become points on circles', () => {
    const made = inputs({ day: { encode: { type: 'cyclic', cycles: ['week'] }, missing: 'zero' } })
    expect(Object.keys(made)).toEqual(['day: sine of weekday', 'day: cosine of weekday'])
    // 2024-01-01 is a Monday, 1970-01-01 a Thursday.
    expect(made['day: cosine of weekday']![0]).toBe(1)
    expect(made['day: sine of weekday']![2]).toBeCloseTo(Math.sin((2 * Math.PI * 3) / 7), 6)
  })

  it('become parts, each with its own scale', () => {
    const { preprocessing, features } = prepare({
      day: { encode: 'parts', missing: 'zero', scale: 'min-max' },
    })
    expect(preprocessing.inputNames).toEqual(['day: year', 'day: month', 'day: day', 'day: weekday'])
    expect(preprocessing.features[0]!.scales).toEqual([
      { type: 'min-max', offset: 1970, factor: 54 },
      { type: 'min-max', offset: 1, factor: 11 },
      { type: 'min-max', offset: 1, factor: 30 },
      { type: 'min-max', offset: 1, factor: 5 },
    ])
    expect(features.values[0]).toBe(1)
  })
})

describe('texts', () => {
  it('become words that are counted', () => {
    const made = inputs({ note: { encode: { type: 'bag-of-words', limit: 3 } } })
    expect(Object.keys(made)).toEqual(['note: door', 'note: open', 'note: the'])
    expect(made['note: open']).toEqual([1, 0, 0, 1, 1, 0, 0, 0])
  })
})

describe('preprocessing.json', () => {
  const columns = { number: 'size', boolean: 'moist', date: 'day', category: 'colour', text: 'note' } as const
  const cases = (Object.keys(steps) as StepName[]).flatMap((step) =>
    Object.entries(columns).flatMap(([type, column]) =>
      kindsFor(step, type as ColumnType).map((kind) => [step, kind.type, column] as const),
    ),
  )

  it.each(cases)('keeps what %s %s found for %s, and gives the same inputs', (step, kind, column) => {
    const ordered = step === 'scale' && column === 'colour' ? { encode: 'ordinal' } : {}
    const { preprocessing } = prepare({ [column]: { ...ordered, indicator: true, [step]: kind } })
    const saved = preprocessingSchema.parse(JSON.parse(JSON.stringify(preprocessing)))
    expect(saved).toEqual(preprocessing)
    const inputsOf = (each: typeof preprocessing) =>
      expandFeatures(applyFeatures(each, tableOf(cells, types)).features)
    expect(inputsOf(saved)).toEqual(inputsOf(preprocessing))
  })

  it('is refused where a kind or what it found is not known', () => {
    const { preprocessing } = prepare({ size: { scale: 'log' } })
    const withScale = (scale: object) => ({
      ...preprocessing,
      features: [{ ...preprocessing.features[0], scales: [scale] }],
    })
    expect(preprocessingSchema.safeParse(withScale({ type: 'log', offset: 1, factor: 2 })).success).toBe(true)
    expect(preprocessingSchema.safeParse(withScale({ type: 'log', offset: 'x', factor: 2 })).success).toBe(
      false,
    )
    expect(preprocessingSchema.safeParse(withScale({ type: 'lug', offset: 1, factor: 2 })).success).toBe(
      false,
    )
  })
})

describe('help pages', () => {
  const page = (columns: Record<string, ColumnSettings>) => pageOf(() => prepare(columns))

  it.each([
    ['a kind that is not known', { size: { scale: 'standart' } }, 'a known scale', '"standart"'],
    [
      'a kind for another type',
      { colour: { clip: 'iqr' } },
      'a setting "clip" that fits a column of type category',
      '"iqr"',
    ],
    [
      'a scale where none is needed',
      { colour: { scale: 'standard' } },
      'no scale, as the encoding "one-hot" gives inputs that need none',
      '"standard"',
    ],
    [
      'others without rare ones',
      { colour: { unseen: 'other' } },
      '"other" beside a setting "rare", which makes the group of others',
      '"other"',
    ],
    [
      'rare numbers',
      { size: { rare: { minimum: 2 } } },
      'settings that fit a column of type number',
      '{"minimum":2}',
    ],
    [
      'unseen as a fill that is none',
      { colour: { unseen: 'fill', missing: 'zero' } },
      'a category that stands in for missing cells, as unseen ones shall count as it',
      '"fill"',
    ],
    [
      'a setting of the kind',
      { size: { clip: { type: 'iqr', factor: 0 } } },
      'a number, more than 0',
      'factor = 0',
    ],
  ] as const)('for %s name the column', (_, columns, expected, came) => {
    const [column] = Object.keys(columns)
    expect(page(columns as Record<string, ColumnSettings>)).toMatchObject({
      expected,
      came,
      place: { column },
    })
  })
})
