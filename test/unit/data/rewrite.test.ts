import { describe, expect, it } from 'vitest'
import { rewriteCells, type ReadingRule } from '../../../core/data/cells/rewrite'
import { readEither } from '../../../core/data/cells/rules/decimals'
import { conversion, splitUnit } from '../../../core/data/cells/unit'
import { typeColumn } from '../../../core/data/typing'
import { isCoded } from '../../../core/data/table'
import { rawColumn } from './tables'

const marks = { decimal: '.', missing: [''] } as const

/** The numbers that a column has after its rules. */
function numbers(cells: readonly string[], reading: ReadingRule, decimal: '.' | ',' = '.'): number[] {
  const settings = { ...marks, decimal }
  const column = typeColumn(rawColumn('a', cells), settings, 'number', { reading, unreadable: 'missing' })
  if (isCoded(column)) throw new Error('words')
  return [...column.values]
}

describe('rules for single cells', () => {
  it('read both decimal marks, the last mark of a cell being the decimal one', () => {
    const cells = ['1.5', '1,5', '1.234,5', '1,234.5', '1,234', '1,234,567', '1.234.567', '-2,5', '3e-2', 'x']
    const expected = [1.5, 1.5, 1234.5, 1234.5, 1.234, 1234567, 1234567, -2.5, 0.03, NaN]
    expect(cells.map(readEither)).toEqual(expected)
    expect(numbers(cells, { decimals: 'both' })).toEqual(expected)
    expect(numbers(cells, { decimals: 'both' }, ',')).toEqual(expected)
  })

  it('bring units to one by a factor, and temperatures by an offset, too', () => {
    const units = { kg: 1, g: 0.001, '': 1 }
    expect(numbers(['2 kg', '350g', '3', '7 crates', ''], { units })).toEqual([2, 0.35, 3, NaN, NaN])
    const { times, plus } = conversion('°F', '°C')!
    // Water boils at 212 °F = 100 °C, and freezes at 32 °F.
    const degrees = numbers(['212 °F', '32°F', '21 °C'], { units: { '°F': { times, plus }, '°C': 1 } })
    degrees.forEach((degree, i) => expect(degree).toBeCloseTo([100, 0, 21][i]!, 9))
  })

  it('know units by definition, and none between kinds', () => {
    expect(conversion('lb', 'kg')).toEqual({ times: 0.45359237, plus: 0 })
    expect(conversion('inch', 'cm')!.times).toBe(2.54)
    expect(conversion('km/h', 'm/s')!.times).toBeCloseTo(1000 / 3600, 11)
    expect(conversion('mW', 'MW')!.times).toBe(1e-9)
    expect(conversion('kg', 'm')).toBeUndefined()
    expect(conversion('crates', 'kg')).toBeUndefined()
    expect(splitUnit('1,5 kg', { decimal: ',' })).toEqual({ value: 1.5, unit: 'kg' })
    expect(splitUnit('kg', { decimal: '.' })).toBeUndefined()
  })

  it('replace what is written, with or without spaces around it, and leave other cells alone', () => {
    const column = rewriteCells(
      rawColumn('town', ['bonn', ' bonn ', 'Bonn', 'Ulm', 'toString']),
      { replace: { bonn: 'Bonn', Ulm: '' } },
      marks,
    )
    expect([...column.codes].map((code) => column.levels[code])).toEqual([
      'Bonn',
      'Bonn',
      'Bonn',
      '',
      'toString',
    ])
    expect(new Set(column.levels).size).toBe(column.levels.length)
  })

  it('take numbers beyond the limits for missing, read as words or as numbers', () => {
    const within = { low: 0, high: 10 }
    expect(numbers(['-1', '0', '10', '10.5'], { within })).toEqual([NaN, 0, 10, NaN])
    const read = {
      name: 'a',
      values: Float64Array.of(-1, 5, 11),
      filled: 3,
      unreadable: { count: 0, cells: [] },
    }
    const column = typeColumn(read, marks, 'number', { reading: { within } })
    expect(isCoded(column) || [...column.values]).toEqual([NaN, 5, NaN])
  })
})
