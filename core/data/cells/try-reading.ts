import type { ColumnSettings } from '../../experiment/schema'
import { cellText } from '../rows/cell-text'
import type { RawColumn } from '../raw'
import { isCoded, typeOf, type Column, type ColumnType } from '../table'
import { typeColumn, type TypingSettings } from '../typing'
import { missingTest } from './missing'
import type { WrittenCell } from './rules/reading-kind'

/** A cell that is read otherwise than before. */
export interface ChangedCell {
  readonly written: string
  /** As a person reads it; null is a missing cell. */
  readonly before: string | null
  readonly after: string | null
  readonly rows: number
  /** First row that has it, from 1. */
  readonly row: number
}

/** What other settings would make of a column's cells. */
export interface ReadingTrial {
  readonly column: string
  /** The type that it has then. */
  readonly type: ColumnType
  readonly rows: number
  /** Rows whose cell is read otherwise then. */
  readonly changed: number
  /** Missing cells before and then. */
  readonly missing: readonly [before: number, after: number]
  /** The different cells that are read otherwise, those of most rows first; at most 100. */
  readonly cells: readonly ChangedCell[]
  readonly differentCells: number
  /** Cells that are not of the type then, and some of them. */
  readonly unreadable: { readonly count: number; readonly cells: readonly string[] }
  /** Different cells as they are written, those of most rows first; at most 1,000. */
  readonly written: readonly WrittenCell[]
}

const shownCells = 100
const shownWritten = 1000
const shownUnreadable = 5

/**
 * Reads a column with the settings that it has and with others, cell by cell.
 * @throws LabError as `typeColumn` does, where the column cannot be read with the other settings
 */
export function tryReading(
  raw: RawColumn,
  marks: TypingSettings,
  given: ColumnSettings,
  wanted: ColumnSettings,
): ReadingTrial {
  const { first, rows } = rowsOf(raw)
  const after = readWith(raw, marks, wanted)
  const before = readAnyhow(raw, marks, given)
  const read = raw.levels.flatMap((written, level) => {
    const [at, count] = [first[level]!, rows[level]!]
    const texts = { before: cellText(before, at), after: cellText(after, at) }
    return count > 0 ? [{ written: written.trim(), rows: count, row: at + 1, ...texts }] : []
  })
  const changed = read.filter((cell) => !isSame(cell)).sort((a, b) => b.rows - a.rows)
  const isMissing = missingTest([''])
  const lacks = (text: 'before' | 'after'): number =>
    sum(read.filter((cell) => cell[text] === null).map((cell) => cell.rows))
  return {
    ...{ column: raw.name, type: typeOf(after), rows: raw.codes.length },
    changed: sum(changed.map((cell) => cell.rows)),
    missing: [lacks('before'), lacks('after')],
    cells: changed.slice(0, shownCells),
    differentCells: changed.length,
    unreadable: unreadableOf(after),
    written: read
      .filter(({ written }) => !isMissing(written))
      .map((cell) => ({ cell: cell.written, rows: cell.rows }))
      .sort((a, b) => b.rows - a.rows)
      .slice(0, shownWritten),
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)

/** The first row of each different cell, and how many have it. */
function rowsOf({ codes, levels }: RawColumn): { first: Int32Array; rows: Int32Array } {
  const [first, rows] = [new Int32Array(levels.length).fill(-1), new Int32Array(levels.length)]
  codes.forEach((code, row) => {
    if (rows[code]!++ === 0) first[code] = row
  })
  return { first, rows }
}

/** Cells that cannot be read are counted here; in the experiment they may still be an error. */
const readWith = (
  raw: RawColumn,
  marks: TypingSettings,
  { type, unreadable, reading }: ColumnSettings,
): Column =>
  typeColumn(raw, marks, type, {
    unreadable: unreadable === 'text' ? 'text' : 'missing',
    ...(reading && { reading }),
  })

/** A rule may be what makes a column readable. */
function readAnyhow(raw: RawColumn, marks: TypingSettings, settings: ColumnSettings): Column {
  try {
    return readWith(raw, marks, settings)
  } catch {
    return readWith(raw, marks, { ...settings, type: 'text' })
  }
}

/** The words "3.0" and the number 3 say the same. */
const isSame = ({ before, after }: Pick<ChangedCell, 'before' | 'after'>): boolean =>
  before === after ||
  (before !== null && after !== null && before.trim() !== '' && Number(before) === Number(after))

function unreadableOf(column: Column): ReadingTrial['unreadable'] {
  if (isCoded(column) || !column.unreadable) return { count: 0, cells: [] }
  const { count, cells } = column.unreadable
  const words = [...new Set(cells.map(({ cell }) => cell.trim()))]
  return { count, cells: words.slice(0, shownUnreadable) }
}
