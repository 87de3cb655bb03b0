import type { ResolvedColumn } from './columns'
import type { FittedStep } from './preparing/fitted'
import { valuesToScale } from './preparing/number-columns'
import { scales } from './preparing/registries'

/** Columns that ask for another scale than the rest of their group share with those that ask for the same. */
const keyOf = ({ scale, scaleGroup }: ResolvedColumn): string => JSON.stringify([scale, scaleGroup])

/** The scale that a column shares with its group, fitted on the training rows of all its columns; nothing without a group. */
export function fitScaleGroups(
  columns: readonly ResolvedColumn[],
  rows: Uint32Array,
): (column: ResolvedColumn) => FittedStep | undefined {
  const grouped = new Map<string, ResolvedColumn[]>()
  for (const column of columns) {
    if (column.scaleGroup === undefined) continue
    const key = keyOf(column)
    grouped.set(key, [...(grouped.get(key) ?? []), column])
  }
  const fitted = new Map([...grouped].map(([key, group]) => [key, fitTogether(group, rows)]))
  return (column) => fitted.get(keyOf(column))
}

function fitTogether(group: readonly ResolvedColumn[], rows: Uint32Array): FittedStep {
  const parts = group.map((column) => valuesToScale(column, rows))
  const values = new Float64Array(parts.reduce((size, part) => size + part.length, 0))
  let at = 0
  for (const part of parts) {
    values.set(part, at)
    at += part.length
  }
  const { type, ...config } = group[0]!.scale
  return { type, ...scales.get(type).fit(values, config) }
}
