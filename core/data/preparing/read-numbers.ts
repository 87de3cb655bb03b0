import { LabError } from '../../errors/lab-error'
import { isCoded, type Column } from '../table'
import type { FittedColumn } from './fitted'

export interface Numbers {
  /** One for each row of the table; NaN is missing. */
  readonly values: Float64Array
  unseen(rows: Uint32Array): number
}

const none = (): number => 0

/**
 * The numbers of a column: as they are, or 0 and 1 for words of yes/no.
 * @throws LabError `type-mismatch` for a column of another type than in training
 */
export function readNumbers(
  { type, labels }: Pick<FittedColumn, 'type' | 'labels'>,
  column: Column,
): Numbers {
  if (labels) return readYesNo(column, labels)
  if (!isCoded(column) && column.type === type) return { values: column.values, unseen: none }
  // A column without a single filled cell has no type of its own.
  if (isCoded(column) && column.levels.length === 0)
    return { values: new Float64Array(column.codes.length).fill(NaN), unseen: none }
  throw new LabError({
    code: 'type-mismatch',
    expected: `a column of type ${type}, as in training`,
    came: `a column of type ${column.type}: ${column.reason}`,
    advice: 'Correct the cells of the column, or the CSV settings that it is read with.',
    place: { column: column.name },
  })
}

/** Upper and lower case are the same where the labels allow it; a word that is neither counts as missing. */
function readYesNo(column: Column, labels: readonly [string, string]): Numbers {
  if (!isCoded(column) && column.labels?.[0] === labels[0] && column.labels[1] === labels[1])
    return { values: column.values, unseen: none }
  const lower = labels.map((label) => label.toLowerCase())
  const caseMatters = lower[0] === lower[1]
  const place = (word: string): number =>
    caseMatters ? labels.indexOf(word) : lower.indexOf(word.toLowerCase())
  return markStrangers(isCoded(column) ? placesOfCodes(column, place) : placesOfNumbers(column, place))
}

function placesOfCodes(
  column: Extract<Column, { codes: Int32Array }>,
  place: (word: string) => number,
): Float64Array {
  const byCode = column.levels.map(place)
  return Float64Array.from(column.codes, (code) => (code < 0 ? NaN : byCode[code]!))
}

function placesOfNumbers(
  column: Extract<Column, { values: Float64Array }>,
  place: (word: string) => number,
): Float64Array {
  const words = column.labels?.map(place)
  return column.values.map((value) =>
    Number.isNaN(value) ? NaN : words ? words[value]! : place(String(value)),
  )
}

/** Words that are neither yes nor no came as -1. */
function markStrangers(places: Float64Array): Numbers {
  return {
    values: places.map((place) => (place < 0 ? NaN : place)),
    unseen: (rows) => {
      let count = 0
      for (let i = 0; i < rows.length; i++) if (places[rows[i]!]! < 0) count++
      return count
    },
  }
}
