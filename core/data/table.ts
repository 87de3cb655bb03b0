import type { Unreadable } from './raw'
import type { TablePart } from './table-parts'

/** What a column can be, as a user says it. */
export type ColumnType = 'number' | 'integer' | 'boolean' | 'category' | 'date' | 'text' | 'identifier'

/** What the numbers or words of a column are beyond that; they are held and prepared alike. */
export type Nature = 'integer' | 'identifier'

/** How a column's cells are held. */
export type BaseType = Exclude<ColumnType, Nature>

/** Numbers of a column: number as read, boolean as 0 or 1, date as days since 1970-01-01 (fractions are times). NaN is missing. */
export interface NumericColumn {
  readonly name: string
  readonly type: 'number' | 'boolean' | 'date'
  readonly values: Float64Array
  readonly nature?: Nature | undefined
  /** Why this type was proposed, as one sentence for the user. */
  readonly reason: string
  /** boolean only: how false and true are written in the file, such as ["no", "yes"]. */
  readonly labels?: readonly [string, string]
  /** Cells that are no such values; they count as missing. Left out where there are none. */
  readonly unreadable?: Unreadable
}

/** Words of a column, each kept once: `levels[codes[row]]`; code -1 is missing. Levels are sorted by code point. */
export interface CodedColumn {
  readonly name: string
  readonly type: 'category' | 'text'
  readonly nature?: 'identifier' | undefined
  readonly codes: Int32Array
  readonly levels: readonly string[]
  readonly reason: string
}

export type Column = NumericColumn | CodedColumn

export interface Table {
  /** The file's name without folder. */
  readonly name: string
  readonly rowCount: number
  readonly columns: readonly Column[]
  /** The files that the rows came from, one after the other, where they are several. */
  readonly parts?: readonly TablePart[]
}

export const isCoded = (column: Column): column is CodedColumn => 'codes' in column

export const typeOf = ({ type, nature }: Pick<Column, 'type' | 'nature'>): ColumnType => nature ?? type

/** What the settings of a column of a type are for: integers are numbers, and what names a row is a word. */
export const baseOf = (type: ColumnType): BaseType =>
  type === 'integer' ? 'number' : type === 'identifier' ? 'text' : type
