import { describe, expect, it } from 'vitest'
import { describeData } from '../../../core/data/describe'
import { groupRows } from '../../../core/data/group-rows'
import { prepareData } from '../../../core/data/prepare'
import type { CodedColumn, Column, NumericColumn } from '../../../core/data/table'
import { createRandom } from '../../../core/random/create-random'
import { experimentOn } from '../data/tables'

const random = createRandom(3)
const reason = ''

const numbers = (name: string, values: Float64Array): NumericColumn => ({
  name,
  type: 'number',
  values,
  reason,
})
const words = (name: string, codes: Int32Array, levels: readonly string[]): CodedColumn => ({
  ...{ name, type: 'category', codes, levels, reason },
})

describe('rows with the same cells', () => {
  const count = 20_000
  const cells = [NaN, 0, -0, 1, 2.5, -7]
  const pick = (most: number): number => Math.floor(random.uniform() * most)
  const columns: Column[] = [
    numbers(
      'a',
      Float64Array.from({ length: count }, () => cells[pick(cells.length)]!),
    ),
    words(
      'b',
      Int32Array.from({ length: count }, () => pick(40) - 1),
      Array.from({ length: 39 }, (_, i) => `b${i}`),
    ),
    numbers(
      'c',
      Float64Array.from({ length: count }, () => pick(80)),
    ),
  ]
  const rows = Uint32Array.from({ length: count - 3 }, (_, i) => i + 2)

  it('are found by their first, in tables of many parts', () => {
    const firsts = new Map<string, number>()
    const expected = Array.from(rows, (row, place) => {
      const key = columns.map((column) => ('codes' in column ? column.codes : column.values)[row]! + 0).join()
      if (!firsts.has(key)) firsts.set(key, place)
      return firsts.get(key)!
    })
    expect(firsts.size).toBeGreaterThan(8000)
    expect([...groupRows(columns, rows)]).toEqual(expected)
  })
})

/** More rows than are looked at one by one. */
const count = 100_000
const normal = (): Float64Array => Float64Array.from({ length: count }, () => random.normal())
/** Missing every 97th row, from one on that no other column misses. */
const withGaps = (values: Float64Array, first = 50): Float64Array =>
  values.map((value, row) => (row % 97 === first ? NaN : value))

function found(columns: readonly Column[], target: 'number' | 'category'): string[] {
  const experiment = experimentOn({
    columns: { target: { role: 'target', type: target } },
    split: { strategy: 'random' },
  })
  const table = { name: 'table.csv', rowCount: count, columns }
  const { findings } = describeData(prepareData(table, experiment), table, experiment.data)
  return findings.map(({ code, columns: about }) => [code, ...about].join(':'))
}

describe('in a table of which a sample is looked at, the guard', () => {
  const y = normal()
  const target = numbers('target', y)
  const other = numbers('other', withGaps(normal(), 60))

  it('finds a copy in another unit, and one that differs by less than rounding', () => {
    const fahrenheit = numbers('fahrenheit', withGaps(y.map((value) => value * 1.8 + 32)))
    const rounded = numbers(
      'rounded',
      y.map((value) => Math.round(value * 10_000) / 10_000),
    )
    expect(found([fahrenheit, rounded, other, target], 'number')).toEqual([
      'target-copy:fahrenheit',
      'target-copy:rounded',
    ])
  })

  it('takes a column for no copy that differs in a few rows which no sample holds', () => {
    const nearly = y.map((value, row) => (row < 20 ? value + 5 : value))
    expect(found([numbers('nearly', nearly), other, target], 'number')).toEqual(['target-leak:nearly'])
  })

  it('finds other words for the same classes', () => {
    const codes = Int32Array.from({ length: count }, () => Math.floor(random.uniform() * 3))
    const same = words(
      'same',
      codes.map((code, row) => (row % 97 === 50 ? -1 : 2 - code)),
      ['x', 'y', 'z'],
    )
    expect(found([same, other, words('target', codes, ['a', 'b', 'c'])], 'category')).toEqual([
      'target-copy:same',
    ])
  })

  it('finds an outlier that stands before a missing cell', () => {
    const far = withGaps(normal())
    far[7] = 1e6
    expect(found([numbers('far', far), other, target], 'number')).toEqual(['outliers:far'])
  })
})
