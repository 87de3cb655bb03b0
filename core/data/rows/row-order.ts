import { sortOrder } from '../profile/sort-order'
import { isCoded, type Column, type Table } from '../table'
import { cellText } from './cell-text'
import type { RowFilter, RowsWish } from './rows-wish'

type Test = (row: number) => boolean

/**
 * Rows of the table (from 0) that pass the filters, in the order asked for; missing cells come last in either direction, and
 * equal ones in the order of the file. A column that the table does not have filters and sorts nothing.
 */
export function orderRows(table: Table, { sort, filters }: Pick<RowsWish, 'sort' | 'filters'>): Uint32Array {
  const kept = filterRows(table, filters)
  const column = sort && table.columns.find(({ name }) => name === sort.column)
  if (!sort || !column) return kept
  const keys = Float64Array.from(kept, sortKey(column, sort.descending))
  return sortOrder(keys).map((place) => kept[place]!)
}

/** A number that puts the row in its place; levels are in the order of their letters. */
function sortKey(column: Column, descending: boolean): (row: number) => number {
  const sign = descending ? -1 : 1
  if (!isCoded(column)) return (row) => sign * column.values[row]!
  return (row) => (column.codes[row]! < 0 ? NaN : sign * column.codes[row]!)
}

function filterRows(table: Table, filters: readonly RowFilter[]): Uint32Array {
  const all = Uint32Array.from({ length: table.rowCount }, (_, row) => row)
  return filters.reduce((rows, filter) => {
    const test = testOf(table, filter)
    return test ? rows.filter(test) : rows
  }, all)
}

function testOf(table: Table, filter: RowFilter): Test | undefined {
  if (filter.kind === 'rows') {
    const wanted = new Set(filter.rows)
    return (row) => wanted.has(row + 1)
  }
  if (filter.kind === 'text') return holdsText(table, filter.text, filter.column)
  const column = table.columns.find(({ name }) => name === filter.column)
  if (!column) return undefined
  if (filter.kind === 'missing')
    return isCoded(column) ? (row) => column.codes[row]! < 0 : (row) => Number.isNaN(column.values[row]!)
  if (filter.kind === 'levels') return hasLevel(column, filter.levels)
  const { from = -Infinity, to = Infinity } = filter
  return isCoded(column) ? undefined : (row) => column.values[row]! >= from && column.values[row]! <= to
}

function hasLevel(column: Column, levels: readonly string[]): Test {
  const wanted = new Set(levels)
  if (!isCoded(column)) return (row) => wanted.has(cellText(column, row) ?? '')
  const isWanted = column.levels.map((level) => wanted.has(level))
  return (row) => isWanted[column.codes[row]!] ?? false
}

/** Words are looked through once for each level, not for each row. */
function holdsText(table: Table, text: string, only?: string): Test | undefined {
  const needle = text.trim().toLowerCase()
  if (needle === '') return undefined
  const tests = table.columns
    .filter(({ name }) => only === undefined || name === only)
    .map((column): Test => {
      if (!isCoded(column)) return (row) => cellText(column, row)?.toLowerCase().includes(needle) ?? false
      const holds = column.levels.map((level) => level.toLowerCase().includes(needle))
      return (row) => holds[column.codes[row]!] ?? false
    })
  return (row) => tests.some((test) => test(row))
}
