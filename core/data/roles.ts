import type { ColumnRole } from '../experiment/schema'
import { isNameOfRow, isRunningNumber } from './identifier'
import { findImage } from './find-image'
import { isSentences } from './sentences'
import { isCoded, type Column, type Table } from './table'

export interface ProposedRole {
  readonly role: ColumnRole
  /** Why a column is left out, as one sentence. */
  readonly reason?: string
}

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
    return isNameOfRow(column, rowCount)
      ? 'Left out: every row has another text, as names and identifiers have.'
      : 'Left out: free text is no input for a network.'
  if (isTimeline(column))
    return 'Left out: its dates rise from row to row, so that later rows lie beyond all that was learned.'
  if (isRunningNumber(column)) return 'Left out: it numbers the rows.'
  return column.nature === 'identifier' ? 'Left out: it names its row and says nothing of others.' : undefined
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
