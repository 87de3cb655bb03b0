import { describe, expect, it } from 'vitest'
import { decideDecimal } from '../../../core/data/cells/decimal'
import { parseNumber } from '../../../core/data/cells/number'
import { defaultMissing } from '../../../core/data/cells/missing'
import { isCoded } from '../../../core/data/table'
import { pageOf, rawColumn, repeat, tableOf } from './tables'

describe('numbers', () => {
  it.each([
    ['12', '.', 12],
    ['-1.5e-3', '.', -0.0015],
    ['+.5', '.', 0.5],
    ['7.', '.', 7],
    ['1,234,567.8', '.', 1234567.8],
    ['1 234', '.', 1234],
    ['1\u202f234,5', ',', 1234.5],
    ["1'234.5", '.', 1234.5],
    ['1.234,5', ',', 1234.5],
    ['0,5', ',', 0.5],
    ['12 %', '.', 12],
    ['−3', '.', -3],
    ['  4 ', '.', 4],
  ] as const)('%s with "%s" is %d', (cell, decimal, value) => expect(parseNumber(cell, decimal)).toBe(value))

  it.each([
    '',
    'e5',
    '1e999',
    'Infinity',
    '0x10',
    '1,23',
    '1,2345',
    '1.2.3',
    '12a',
    '--1',
    '1 23',
    '1,234 567',
    '%',
  ])('"%s" is no number', (cell) => expect(parseNumber(cell, '.')).toBeNaN())

  it.each([
    ['a comma that can only be decimal', ['1,5', '2,25'], ',', ','],
    ['a point that can only be decimal', ['1.5', '2.25'], ';', '.'],
    ['thousands in a file of commas', ['1,234', '5,678'], ',', '.'],
    ['three decimals in a file of semicolons', ['1,234', '5,678'], ';', ','],
    ['whole numbers', ['1', '2'], ';', '.'],
  ])('finds the decimal mark: %s', (_, cells, delimiter, mark) =>
    expect(decideDecimal([rawColumn('a', cells)], defaultMissing, delimiter)).toBe(mark),
  )
})

describe('types', () => {
  it('take twenty values that repeat for categories, and more only if each comes five times', () => {
    const words = (distinct: number, rows: number) =>
      tableOf({
        a: repeat(
          Array.from({ length: distinct }, (_, i) => `w${i}`),
          rows,
        ),
      }).columns[0]!.type
    expect([words(20, 30), words(21, 30), words(21, 104), words(21, 105), words(201, 5000)]).toEqual([
      'category', 'text', 'text', 'category', 'text',
    ]) // prettier-ignore
  })

  it('sort levels by code point, not by UTF-16 unit', () => {
    const column = tableOf({ a: repeat(['\u{1F415}', '\uFF5E', 'b'], 9) }).columns[0]!
    expect(isCoded(column) && column.levels).toEqual(['b', '\uFF5E', '\u{1F415}'])
  })

  it('keep how no and yes are written', () => {
    const column = tableOf({ a: ['Nein', 'Ja', 'Nein'] }).columns[0]!
    expect(column).toMatchObject({
      type: 'boolean',
      labels: ['Nein', 'Ja'],
      values: Float64Array.of(0, 1, 0),
    })
  })

  it('read a wanted yes/no from any two values', () => {
    const column = tableOf({ a: ['male', 'female', 'male'] }, { a: 'boolean' }).columns[0]!
    expect(column).toMatchObject({ labels: ['female', 'male'], values: Float64Array.of(1, 0, 1) })
  })

  it('refuse dates that do not exist', () => {
    expect(tableOf({ a: ['2023-02-29', '2023-02-28', '2023-02-28'] }).columns[0]!.type).not.toBe('date')
    expect(tableOf({ a: ['2024-02-29', '2023-02-28', '2023-02-28'] }).columns[0]!.type).toBe('date')
  })

  it('name the row where dates change their writing', () => {
    const page = pageOf(() => tableOf({ a: ['2024-01-31', '2024-02-01', '03.02.2024'] }, { a: 'date' }))
    expect(page).toEqual({
      code: 'not-a-date',
      expected: 'dates written like "2024-01-31"',
      came: '"03.02.2024"',
      advice: 'Write all dates of the column in the same way.',
      place: { column: 'a', row: 3 },
    })
  })
})
