import { describe, expect, it } from 'vitest'
import type { Entry } from '../../../../core/catalog/kind'
import { calendarOf } from '../../../../core/data/preparing/encoders/calendar'
import type { LevelEncoder, NumberEncoder, TextEncoder } from '../../../../core/data/preparing/preparation'
import { clips, encoders, fills, scales } from '../../../../core/data/preparing/registries'
import { byCodePoint } from '../../../../core/data/text-order'
import type { NumericColumn } from '../../../../core/data/table'
import { expm1, log1p } from '../../../../core/numerics/near-one'
import { normalProbability, normalQuantile } from '../../../../core/numerics/normal'
import { createRandom } from '../../../../core/random/create-random'
import goldens from '../../../goldens/preparing.json'

/** Equal to within 1e-9 of their size (or of 1). */
function near(actual: ArrayLike<number>, expected: readonly number[], tolerance = 1e-9): void {
  expect(actual.length).toBe(expected.length)
  expected.forEach((value, i) => {
    const off = Math.abs(actual[i]! - value) / Math.max(1, Math.abs(value))
    if (!(off <= tolerance)) expect(`${i}: ${actual[i]}`).toBe(`${i}: ${value}`)
  })
}

const named = <T extends { column: string; entry: object }>(cases: readonly T[]) =>
  cases.map((each) => [`${each.column}, ${JSON.stringify(each.entry)}`, each] as const)

const split = (entry: Entry) => {
  const { type, ...config } = entry
  return { type, config }
}

describe('as scikit-learn, SciPy, pandas and NumPy: scales', () => {
  it.each(named(goldens.scales))('%s', (_, golden) => {
    const { type, config } = split(scales.parse(golden.entry))
    const kind = scales.get(type)
    const found = kind.fit(Float64Array.from(golden.values), config)
    if ('lambda' in golden) expect(found.lambda).toBeCloseTo(golden.lambda!, 11)
    const values = Float64Array.from(golden.probes)
    kind.apply(values, values.length, found)
    near(values, golden.expected)
  })

  it('all have goldens', () => {
    const known = new Set(goldens.scales.map(({ entry }) => entry.type))
    const others = scales.list.filter(({ type }) => !known.has(type)).map(({ type }) => type)
    expect(others).toEqual(['none'])
  })
})

describe('as scikit-learn, SciPy, pandas and NumPy: clips', () => {
  it.each(named(goldens.clips))('%s', (_, golden) => {
    const { type, config } = split(clips.parse(golden.entry))
    const { low, high } = clips.get(type).limits(Float64Array.from(golden.values).sort(), config)
    near([low, high], [golden.low, golden.high])
  })

  it('all have goldens', () => {
    const known = new Set(goldens.clips.map(({ entry }) => entry.type))
    expect(clips.list.map(({ type }) => type).filter((type) => !known.has(type))).toEqual(['none'])
  })
})

describe('as scikit-learn, SciPy, pandas and NumPy: fills', () => {
  it.each(named(goldens.fills))('%s', (_, golden) => {
    const values = Float64Array.from(golden.values)
    const column: NumericColumn = { name: 'x', type: 'number', values, reason: '' }
    near([fills.get(golden.entry.type).number(values, {}, column)], [golden.expected])
  })
})

describe('as scikit-learn: texts', () => {
  const { known, new: strange, cases } = goldens.texts

  it.each(cases.map((golden) => [JSON.stringify(golden.entry), golden] as const))('%s', (_, golden) => {
    const { type, config } = split(encoders.parse(golden.entry))
    const encoder = encoders.get(type) as TextEncoder
    const found = encoder.fit(known, new Float64Array(known.length).fill(1), config)
    expect(found.terms).toEqual(golden.terms)
    const read = encoder.reader(found)
    const rowOf = (text: string): Float64Array => {
      const row = new Float64Array(golden.terms.length)
      const { places, values } = read(text)
      places.forEach((place, i) => (row[place] = values[i]!))
      return row
    }
    known.forEach((text, i) => near(rowOf(text), golden.known[i]!))
    strange.forEach((text, i) => near(rowOf(text), golden.new[i]!))
  })

  it('counts a text that several rows have as often as they do', () => {
    const fit = (texts: readonly string[], counts: readonly number[]) => {
      const encoder = encoders.get('tf-idf') as TextEncoder
      return encoder.fit(texts, Float64Array.from(counts), split(encoders.create('tf-idf')).config)
    }
    expect(fit(['one two', 'two three'], [3, 2])).toEqual(
      fit(['one two', 'one two', 'two three', 'one two', 'two three'], [1, 1, 1, 1, 1]),
    )
  })

  it('keeps the most frequent terms, of equal ones the first in order', () => {
    const { config } = split(encoders.parse({ type: 'bag-of-words', limit: 3 }))
    const texts = ['pear fig fig', 'fig apple kiwi', 'kiwi pear date']
    const found = (encoders.get('bag-of-words') as TextEncoder).fit(texts, Float64Array.of(1, 1, 1), config)
    expect(found.terms).toEqual(['fig', 'kiwi', 'pear'])
    expect([...(found.terms as string[])].sort(byCodePoint)).toEqual(found.terms)
  })
})

describe('the mean of the target', () => {
  const encoder = encoders.get('target-mean') as LevelEncoder
  const cellsOf = ({ levels, places, target }: (typeof goldens.targetMeans)[number]) => ({
    levels,
    places: Uint32Array.from(places),
    target: () => ({ names: ['y'], values: Float64Array.from(target) }),
  })

  it.each(goldens.targetMeans.map((golden) => [golden.smoothing, golden] as const))(
    'with smoothing %s, as NumPy works it out',
    (smoothing, golden) => {
      const found = encoder.fit(cellsOf(golden), { smoothing, folds: 3, seed: 1 })
      near(encoder.table!(found, golden.levels), golden.expected)
    },
  )

  it('of a training row comes from the rows of the other folds alone', () => {
    const golden = goldens.targetMeans[1]!
    const rows = golden.places.length
    const folds = 3
    const order = createRandom(5).split('target-mean').permutation(rows)
    const foldOf = new Map([...order].map((row, i) => [row, Math.floor((i * folds) / rows)]))
    const mean = (some: readonly number[]) =>
      some.reduce((sum, row) => sum + golden.target[row]!, 0) / some.length
    const expected = golden.places.map((place, row) => {
      const others = golden.places.map((_, i) => i).filter((i) => foldOf.get(i) !== foldOf.get(row))
      const own = others.filter((i) => golden.places[i] === place)
      const prior = mean(others)
      if (own.length === 0) return prior
      return (mean(own) * own.length + 2 * prior) / (own.length + 2)
    })
    near(encoder.crossFitted!(cellsOf(golden), { smoothing: 2, folds, seed: 5 }), expected)
  })
})

describe('dates', () => {
  it.each(goldens.calendar.map((golden) => [golden.value, golden] as const))(
    'day %s as in pandas',
    (day, golden) => {
      const { ofYear, ofDay, ...parts } = calendarOf(day)
      const { value: _, ofYear: year, ofDay: time, ...expected } = golden
      expect(parts).toEqual(expected)
      near([ofYear, ofDay], [year, time])
    },
  )

  it('agree with the calendar of JavaScript on every day of 1,200 years', () => {
    for (let day = -219146; day < 219146; day += 1) {
      const date = new Date(day * 86_400_000)
      const { year, month, day: ofMonth, weekday } = calendarOf(day)
      if (year !== date.getUTCFullYear() || month !== date.getUTCMonth() + 1 || ofMonth !== date.getUTCDate())
        expect(calendarOf(day)).toBe(date.toISOString())
      if (weekday % 7 !== date.getUTCDay()) expect(weekday).toBe(date.getUTCDay())
    }
  })

  it('as sine and cosine of their cycles, as NumPy works them out', () => {
    const cyclic = encoders.get('cyclic') as NumberEncoder
    for (const { value, expected } of goldens.cycles) {
      const out = new Float64Array(8)
      cyclic.encode!(Float64Array.of(value), 1, { cycles: ['year', 'month', 'week', 'day'] }, out)
      near(out, expected, 1e-12)
    }
  })

  it.each([
    ['days of a year', [19723, 19800, 19900, 20000], ['year', 'week']],
    ['first days of months', [19723, 19754, 19783, 19814], ['month']],
    ['hours of one day', [19723, 19723.25, 19723.5], ['day']],
    ['hours of some days', [19723, 19724.25, 19725.5], ['week', 'day']],
    ['one day', [19723, 19723], ['year']],
  ])('pass through the cycles that %s see', (_, days, cycles) => {
    const cyclic = encoders.get('cyclic') as NumberEncoder
    expect(cyclic.fit(Float64Array.from(days), { cycles: 'auto' })).toEqual({ cycles })
  })
})

describe('functions', () => {
  const { quantiles, probabilities, log1p: logs, expm1: powers } = goldens.normal
  const relative = (f: (x: number) => number, cases: readonly (readonly number[])[], tolerance: number) => {
    for (const [x, y] of cases) expect(Math.abs(f(x!) - y!)).toBeLessThanOrEqual(tolerance * Math.abs(y!))
  }

  it('as SciPy has them', () => {
    relative(normalQuantile, quantiles, 4e-15)
    for (const [x, p] of probabilities) expect(Math.abs(normalProbability(x!) - p!)).toBeLessThan(1e-15)
    relative(log1p, logs, 4e-16)
    relative(expm1, powers, 8e-16)
  })
})

describe('an order', () => {
  const ordinal = encoders.get('ordinal') as LevelEncoder
  const cells = (levels: readonly string[]) => ({
    ...{ levels, places: new Uint32Array(), target: () => ({ names: [], values: new Float64Array() }) },
  })

  it('is the one given, as scikit-learn’s', () => {
    const { levels, order, expected } = goldens.ordinal
    expect(ordinal.fit(cells(levels), { order }).places).toEqual(expected)
  })

  it('is by number where all levels begin with one, else by letter', () => {
    const placesOf = (...levels: string[]) => ordinal.fit(cells(levels), { order: [] }).places
    expect(placesOf('10-19 years', '20+', '5-9')).toEqual([1, 2, 0])
    expect(placesOf('< 5', '10', 'many')).toEqual([0, 1, 2])
  })
})
