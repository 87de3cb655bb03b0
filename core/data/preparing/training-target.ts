import type { TargetDescription, TargetPart } from '../prepared'
import { isCoded, type Column } from '../table'
import { classReader } from '../target'
import { partsOf } from '../target-parts'
import { gather } from './number-columns'
import type { TrainingTarget } from './preparation'

/**
 * What is to be predicted, of the training rows, as encodings that use it want it. `columns` are the target's, in order;
 * the names of several say which column they are of.
 */
export function trainingTarget(
  columns: readonly Column[],
  description: TargetDescription,
  rows: Uint32Array,
): TrainingTarget {
  const parts = partsOf(description).map((part, i) => ofPart(columns[i]!, part, rows))
  if (parts.length === 1) return parts[0]!
  const names = parts.flatMap(({ names }, i) =>
    names.map((name) => (description.type === 'numbers' ? name : `${columns[i]!.name}, ${name}`)),
  )
  const values = new Float64Array(rows.length * names.length)
  parts.forEach((part, unit) =>
    part.values.forEach((value, row) => (values[row * names.length + unit] = value)),
  )
  return { names, values }
}

function ofPart(column: Column, part: TargetPart, rows: Uint32Array): TrainingTarget {
  if (part.type === 'number')
    return {
      names: [`mean ${column.name}`],
      values: isCoded(column) ? new Float64Array(rows.length) : gather(column.values, rows),
    }
  const { type, classes } = part
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
