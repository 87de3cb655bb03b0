import { LabError } from '../errors/lab-error'
import type { Allocate } from './apply'
import type { ResolvedColumn } from './columns'
import type { Matrix } from './prepared'
import { isCoded, type Column } from './table'

/**
 * The column that says how much each row counts, if there is one.
 * @throws LabError `two-weights`, or `bad-weight` for a column that does not hold numbers
 */
export function findWeight(columns: readonly ResolvedColumn[]): ResolvedColumn | undefined {
  const given = columns.filter(({ role }) => role === 'weight')
  if (given.length > 1) refuseTwo(given)
  const [weight] = given
  if (weight && weight.column.type !== 'number') refuseType(weight.column)
  return weight
}

/**
 * Weights of rows as they are in the table: [rows, 1]. Only their ratios matter.
 * @throws LabError `bad-weight` for a cell that is missing, 0 or negative
 */
export function rowWeights(column: Column, rows: Uint32Array, allocate: Allocate): Matrix {
  const values = new Float32Array(allocate(rows.length * 4))
  if (isCoded(column)) refuseType(column)
  rows.forEach((row, i) => {
    const weight = column.values[row]!
    if (!(weight > 0)) refuseCell(column, row, weight)
    values[i] = weight
  })
  return { rows: rows.length, width: 1, values }
}

function refuseTwo(columns: readonly ResolvedColumn[]): never {
  throw new LabError({
    code: 'two-weights',
    expected: 'at most one column with the role weight',
    came: `${columns.length}: ${columns.map(({ column }) => `"${column.name}"`).join(', ')}`,
    advice: 'Keep the role weight for one of them, and leave the others out.',
    place: { path: 'data.columns' },
  })
}

function refuseType(column: Column): never {
  throw new LabError({
    code: 'bad-weight',
    expected: 'weights that are numbers',
    came: `a column of type ${column.type}: ${column.reason}`,
    advice: 'Choose another column, or give this one the role ignore.',
    place: { column: column.name },
  })
}

function refuseCell(column: Column, row: number, weight: number): never {
  throw new LabError({
    code: 'bad-weight',
    expected: 'a weight above 0 in every row',
    came: Number.isNaN(weight) ? 'a missing cell' : String(weight),
    advice: 'Give the row a weight, or take it out of the table.',
    place: { column: column.name, row: row + 1 },
  })
}
