import type { ResolvedColumn } from './columns'
import { fillNumbers, fitScale, type Scale } from './fit'
import { isCoded } from './table'

/** Columns that ask for another scale than the rest of their group share with those that ask for the same. */
const keyOf = ({ scale, scaleGroup }: ResolvedColumn): string => JSON.stringify([scale, scaleGroup])

/** The scale that a column shares with its group, fitted on the training rows of all its columns; nothing without a group. */
export function fitScaleGroups(
  columns: readonly ResolvedColumn[],
  rows: Uint32Array,
): (column: ResolvedColumn) => Scale | undefined {
  const grouped = new Map<string, ResolvedColumn[]>()
  for (const column of columns) {
    if (column.scaleGroup === undefined) continue
    const key = keyOf(column)
    grouped.set(key, [...(grouped.get(key) ?? []), column])
  }
  const scales = new Map([...grouped].map(([key, group]) => [key, fitTogether(group, rows)]))
  return (column) => scales.get(keyOf(column))
}

function fitTogether(group: readonly ResolvedColumn[], rows: Uint32Array): Scale {
  const values = new Float64Array(group.length * rows.length)
  group.forEach(({ column, missing }, i) => {
    if (!isCoded(column)) values.set(fillNumbers(column, missing, rows).filled, i * rows.length)
  })
  return fitScale(values, group[0]!.scale)
}
