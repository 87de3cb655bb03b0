import type { TargetDescription } from '../prepared'
import { isCoded, type Column } from '../table'
import { classReader } from '../target'
import { gather } from './number-columns'
import type { TrainingTarget } from './preparation'

/** What is to be predicted, of the training rows, as encodings that use it want it. */
export function trainingTarget(
  column: Column,
  description: TargetDescription,
  rows: Uint32Array,
): TrainingTarget {
  if (description.type === 'number')
    return {
      names: [`mean ${column.name}`],
      values: isCoded(column) ? new Float64Array(rows.length) : gather(column.values, rows),
    }
  const { type, classes } = description
  const read = classReader(column, classes)
  const shown = type === 'binary' ? classes.slice(1) : classes
  const values = new Float64Array(rows.length * shown.length)
  const first = classes.length - shown.length
  for (let i = 0; i < rows.length; i++) {
    const place = read(rows[i]!) - first
    if (place >= 0) values[i * shown.length + place] = 1
  }
  return { names: shown.map((label) => `share of ${label}`), values }
}
