import type { Entry } from '../../catalog/kind'
import type { ColumnType } from '../table'
import type { Limits } from './preparation'

/** A kind's type with what it found on the training rows beside it. */
export type FittedStep = Entry

/** How one column becomes network inputs; every number was fitted on the training rows only. JSON-safe. */
export interface FittedColumn {
  readonly column: string
  readonly type: ColumnType
  /** How false and true are written, for yes/no. */
  readonly labels?: readonly [string, string]
  /** Stands in for a missing cell, in the column's own unit; null: none of the levels, or a text without words. */
  readonly fill: number | string | null
  /** Numbers beyond become the limit. */
  readonly clip?: Limits
  /** Of a category: those with inputs or numbers of their own. */
  readonly levels?: readonly string[]
  /** Levels of few rows, which are put together as the last of `levels`. */
  readonly rare?: readonly string[]
  /** What a level that training never saw counts as; left out: none of them. */
  readonly unseen?: 'other' | 'fill'
  readonly encode: FittedStep
  /** One for each input; left out where they stay as encoded. */
  readonly scales?: readonly FittedStep[]
  /** First of its inputs, and how many follow each other from there. */
  readonly start: number
  readonly width: number
  /** The input that is 1 where the cell is missing; left out: none. */
  readonly indicator?: number
}

/** A column before it has its place among the inputs. */
export type Unplaced = Omit<FittedColumn, 'start' | 'indicator'>
