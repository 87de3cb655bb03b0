import { isCoded, type Column } from '../table'
import type { TableKind } from './kind'
import { leaveOut } from './fix'

/** Features that are the same in every training row, and so teach nothing; a pixel keeps its place in the image. */
export const constantFeature: TableKind = {
  code: 'constant-feature',
  ofTable: true,
  label: 'features that never change',
  find: ({ features, splits, pixels }) =>
    features
      .filter(({ column }) => !pixels.has(column.name) && isConstant(column, splits.train))
      .map(({ column: { name } }) => ({
        code: 'constant-feature',
        severity: 'warning',
        expected: 'a feature that differs from row to row',
        came: 'the same value in every training row',
        advice: 'Nothing can be learned from it. Leave the column out.',
        place: { column: name },
        columns: [name],
        fix: leaveOut(name),
      })),
}

/** Missing cells are filled, and so are no value of their own. */
function isConstant(column: Column, rows: Uint32Array): boolean {
  const cells = isCoded(column) ? column.codes : column.values
  let first: number | undefined
  for (const row of rows) {
    const cell = cells[row]!
    if (Number.isNaN(cell) || (isCoded(column) && cell < 0)) continue
    first ??= cell
    if (cell !== first) return false
  }
  return true
}
