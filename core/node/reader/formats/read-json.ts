import { parseNumber } from '../../../data/cells/number'
import { LabError } from '../../../errors/lab-error'
import { decodeFile, findEncoding, readHead } from '../encoding'
import { ColumnCollector, type StoredCell, type StoredColumn } from './column-collector'
import type { FormatReader } from './format'
import { jsonValues } from './json-values'
import { distinctNames, storedTable } from './stored-table'

/**
 * Reads JSON: a list of rows, or with `lines` one row a line. A row is an object with a field for each column, or a list
 * of cells, of which the first row may hold the names. A field that a row does not have is missing there.
 * @throws LabError `bad-json`, `json-no-list`, `long-record`, `nested-cell`, `mixed-rows`, `ragged-rows`,
 *   those of `storedTable`, and of bytes that are no text
 */
export const jsonReader =
  (lines: boolean): FormatReader =>
  async (path, csv, types, rules) => {
    const found = await findEncoding(path, await readHead(path), csv.encoding)
    const rows = new RowCollector(path, csv.header)
    for await (const values of jsonValues(decodeFile(path, found), path, lines))
      for (const value of values) rows.add(value)
    const read = storedTable(rows.finish(), path, csv, types, rules)
    return rows.header === undefined ? read : { ...read, csv: { ...read.csv, header: rows.header } }
  }

/** Rows as they come, taken apart into columns in the order in which their names first appear. */
class RowCollector {
  /** Only for rows that are lists: whether the first holds the names. */
  header: boolean | undefined
  private readonly columns = new Map<string, ColumnCollector>()
  private names: string[] | undefined
  private rows = 0
  private shape: 'object' | 'list' | undefined
  constructor(
    private readonly file: string,
    private readonly givenHeader: boolean | undefined,
  ) {}

  add(value: unknown): void {
    const shape = Array.isArray(value) ? 'list' : isObject(value) ? 'object' : undefined
    if (!shape) this.refuse('mixed-rows', 'an object or a list in every row', kindOf(value))
    if (this.shape && this.shape !== shape)
      this.refuse('mixed-rows', `${names[this.shape]} in every row, as in the first`, names[shape])
    this.shape = shape
    if (shape === 'object') this.addCells(Object.entries(value as object))
    else this.addList(value as unknown[])
  }

  finish(): StoredColumn[] {
    const given = distinctNames(this.names ?? [...this.columns.keys()])
    return [...this.columns.values()].map((column, i) => {
      column.padTo(this.rows)
      return column.finish(given[i]!)
    })
  }

  private addList(cells: unknown[]): void {
    if (!this.names) {
      this.header = this.givenHeader ?? isHeader(cells)
      this.names = cells.map((name) => (this.header && name !== null ? String(name as StoredCell) : ''))
      cells.forEach((_, i) => this.columns.set(String(i), new ColumnCollector()))
      if (this.header) return
    }
    const width = this.names.length
    if (cells.length !== width)
      this.refuse('ragged-rows', `${width} cells in every row, as in the first`, String(cells.length))
    this.addCells(cells.map((cell, i) => [String(i), cell]))
  }

  private addCells(cells: readonly (readonly [string, unknown])[]): void {
    for (const [name, cell] of cells) {
      if (typeof cell === 'object' && cell !== null) this.refuseNested(name, cell)
      let column = this.columns.get(name)
      if (!column) {
        column = new ColumnCollector()
        this.columns.set(name, column)
      }
      column.padTo(this.rows)
      column.add(cell as StoredCell)
    }
    this.rows++
  }

  private refuseNested(name: string, cell: object): never {
    const column = this.names ? distinctNames(this.names)[Number(name)]! : name
    this.refuse(
      'nested-cell',
      'a number, text, true, false or null in every field',
      kindOf(cell),
      'Give each value inside a field of its own, or leave the field out.',
      column,
    )
  }

  private refuse(
    code: string,
    expected: string,
    came: string,
    advice = 'Write all rows in the same way.',
    column?: string,
  ): never {
    const place = { file: this.file, row: this.rows + 1, ...(column !== undefined && { column }) }
    throw new LabError({ code, expected, came, advice, place })
  }
}

const names = { object: 'an object', list: 'a list' }

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null

const kindOf = (value: unknown): string =>
  Array.isArray(value)
    ? 'a list'
    : isObject(value)
      ? 'an object'
      : value === null
        ? 'null'
        : `the ${typeof value === 'string' ? 'text' : typeof value} ${JSON.stringify(value).slice(0, 40)}`

/** The first list holds names where it is nothing but text, none of it a number and none of it twice. */
function isHeader(first: readonly unknown[]): boolean {
  const isNumber = (cell: string): boolean => !Number.isNaN(parseNumber(cell, '.'))
  const isName = (cell: unknown): boolean => typeof cell === 'string' && cell.trim() !== '' && !isNumber(cell)
  return first.every(isName) && new Set(first).size === first.length
}
