import { describe, expect, it } from 'vitest'
import { readRows } from '../../../core/data/rows/read-rows'
import { orderRows } from '../../../core/data/rows/row-order'
import type { RowFilter } from '../../../core/data/rows/rows-wish'
import { tableOf } from '../data/tables'

const table = tableOf(
  {
    size: ['3', '', '1', '2', '1'],
    town: ['Ulm', 'Bonn', '', 'Ulm', 'Aachen'],
    day: ['2024-03-01', '2024-01-01', '2024-02-01 12:30', '', '2023-12-31'],
    open: ['yes', 'no', 'yes', 'no', ''],
  },
  { town: 'category' },
)
const columns = ['size', 'town', 'day', 'open']
const order = (filters: RowFilter[], column?: string, descending = false): number[] =>
  [...orderRows(table, { filters, ...(column && { sort: { column, descending } }) })].map((row) => row + 1)

describe('a table in pages', () => {
  it('shows cells as a person reads them', () => {
    const { rows, total } = readRows(table, orderRows(table, { filters: [] }), {
      from: 1,
      count: 2,
      columns,
      filters: [],
    })
    expect(total).toBe(5)
    expect(rows).toEqual([
      { row: 2, cells: [null, 'Bonn', '2024-01-01', 'no'] },
      { row: 3, cells: ['1', null, '2024-02-01 12:30:00', 'yes'] },
    ])
  })

  it('is sorted in either direction, with missing cells last and ties in the order of the file', () => {
    expect(order([], 'size')).toEqual([3, 5, 4, 1, 2])
    expect(order([], 'size', true)).toEqual([1, 4, 3, 5, 2])
    expect(order([], 'town')).toEqual([5, 2, 1, 4, 3])
    expect(order([], 'day', true)).toEqual([1, 3, 2, 5, 4])
    expect(order([], 'nothing')).toEqual([1, 2, 3, 4, 5])
  })

  it('keeps the rows that pass every filter', () => {
    expect(order([{ kind: 'text', text: ' ULM' }])).toEqual([1, 4])
    expect(order([{ kind: 'text', text: '2', column: 'size' }])).toEqual([4])
    expect(order([{ kind: 'range', column: 'size', from: 1, to: 2 }])).toEqual([3, 4, 5])
    expect(order([{ kind: 'range', column: 'size', from: 2 }], 'size')).toEqual([4, 1])
    expect(order([{ kind: 'levels', column: 'town', levels: ['Ulm', 'Bonn'] }])).toEqual([1, 2, 4])
    expect(order([{ kind: 'levels', column: 'open', levels: ['yes'] }])).toEqual([1, 3])
    expect(order([{ kind: 'missing', column: 'day' }])).toEqual([4])
    expect(order([{ kind: 'rows', rows: [5, 2] }])).toEqual([2, 5])
    expect(
      order([
        { kind: 'text', text: 'ulm' },
        { kind: 'range', column: 'size', to: 2 },
      ]),
    ).toEqual([4])
  })
})
