import type { ColumnRole } from '../experiment/schema'
import { findImage } from './find-image'
import { isSentences } from './sentences'
import { isCoded, type Column, type Table } from './table'

export interface ProposedRole {
  readonly role: ColumnRole
  /** Why a column is left out, as one sentence. */
  readonly reason?: string
}

const identifierWord = /^(.*[\s_.-])?(id|ids|index|idx|nr|no|row|rowid|key|uuid|ref|unnamed.*|column_1)$/i
/** Such as `customerId`; but not `humid`. */
const identifierEnd = /[a-z](Id|ID)$/

const isIdentifierName = (name: string): boolean => identifierWord.test(name) || identifierEnd.test(name)

/**
 * A role for every column, by name: the targets as given, features, and what should be left out: identifiers, free text,
 * and columns that say nothing. The pixels of an image all stay, since each has its place.
 */
export function proposeRoles(table: Table, targets: readonly string[] = []): Map<string, ProposedRole> {
  const image = findImage(table)
  return new Map(
    table.columns.map((column) => [
      column.name,
      targets.includes(column.name)
        ? { role: 'target' }
        : image?.names.has(column.name)
          ? { role: 'feature' }
          : proposeFeature(column, table.rowCount),
    ]),
  )
}

function proposeFeature(column: Column, rowCount: number): ProposedRole {
  const reason = reasonToIgnore(column, rowCount)
  return reason ? { role: 'ignore', reason } : { role: 'feature' }
}

/** Nothing where the column can be a feature. */
export function reasonToIgnore(column: Column, rowCount: number): string | undefined {
  const distinct = countDistinct(column, 2)
  if (distinct === 0) return 'Left out: every cell is missing.'
  if (distinct === 1) return 'Left out: all cells are the same.'
  if (column.type === 'text' && !isSentences(column))
    return distinct === rowCount
      ? 'Left out: every row has another text, as names and identifiers have.'
      : 'Left out: free text is no input for a network.'
  if (isTimeline(column))
    return 'Left out: its dates rise from row to row, so that later rows lie beyond all that was learned.'
  return isRunningNumber(column) ? 'Left out: it numbers the rows.' : undefined
}

/** Different values of a column, missing ones not counted; for numbers counting may stop at a limit. */
export function countDistinct(column: Column, limit = Infinity): number {
  if (isCoded(column)) return column.levels.length
  const seen = new Set<number>()
  for (const value of column.values) {
    if (!Number.isNaN(value)) seen.add(value)
    if (seen.size >= limit) break
  }
  return seen.size
}

/** Dates that rise from row to row: the rows are a series in order of time. */
export const isTimeline = (column: Column): boolean =>
  column.type === 'date' &&
  column.values.length > 2 &&
  column.values.every((value, row, values) => row === 0 || value > values[row - 1]!)

/** Whole numbers, no two alike, in a column that is called an identifier. */
const isRunningNumber = (column: Column): boolean =>
  column.type === 'number' &&
  isIdentifierName(column.name) &&
  column.values.length > 2 &&
  column.values.every(Number.isInteger) &&
  new Set(column.values).size === column.values.length
