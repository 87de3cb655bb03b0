import type { ColumnRole, DerivedSettings, Experiment } from '../../../../core/experiment/schema'
import { setRole, type ColumnRow } from '../column-settings'

/** Puts a computed column at its place, on a draft, and gives it its role. */
export function changeDerived(
  draft: Experiment,
  place: number,
  made: DerivedSettings,
  role: ColumnRole,
  rows: readonly ColumnRow[],
): void {
  const derived = [...(draft.data.derived ?? [])]
  const before = derived[place]
  derived[place] = made
  draft.data.derived = derived
  if (before && before.name !== made.name) delete draft.data.columns[before.name]
  setRole(draft, made.name, role, rows)
}

/** Takes a computed column away, on a draft. */
export function removeDerived(draft: Experiment, place: number): void {
  const { derived = [] } = draft.data
  const [gone] = derived.slice(place, place + 1)
  const left = derived.filter((_, i) => i !== place)
  if (left.length > 0) draft.data.derived = left
  else delete draft.data.derived
  if (gone) delete draft.data.columns[gone.name]
}
