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

/** Letters that numbers and dates are written with; words with others need not be looked for among them. */
const numeric = /^[-+.:\de ]+$/

/**
 * Words are looked through once for each level, not for each row. Cells that have to be written out to be looked through
 * come last, and only where what is looked for could stand in them.
 */
function holdsText(table: Table, text: string, only?: string): Test | undefined {
  const needle = text.trim().toLowerCase()
  if (needle === '') return undefined
  const looked = table.columns.filter(({ name }) => only === undefined || name === only)
  const quick = looked.flatMap((column) => holdsWord(column, needle))
  const slow = looked
    .filter((column) => !isCoded(column) && column.type !== 'boolean' && numeric.test(needle))
    .map(
      (column): Test =>
        (row) =>
          cellText(column, row)?.includes(needle) ?? false,
    )
  const tests = [...quick, ...slow]
  return (row) => tests.some((test) => test(row))
}

/** For a column with few different texts: which of them hold the words; nothing where none does. */
function holdsWord(column: Column, needle: string): Test[] {
  const holds = (word: string): boolean => word.toLowerCase().includes(needle)
  if (!isCoded(column)) {
    if (column.type !== 'boolean') return []
    const [no, yes] = (column.labels ?? ['0', '1']).map(holds)
    return no || yes ? [(row) => (column.values[row] === 1 ? yes! : column.values[row] === 0 && no!)] : []
  }
  const found = column.levels.map(holds)
  return found.includes(true) ? [(row) => found[column.codes[row]!] ?? false] : []
}
