import type { Entry } from '../../../../core/catalog/kind'
import type { PreparationKind } from '../../../../core/data/preparing/preparation'
import { encoders, scales, steps, type StepName } from '../../../../core/data/preparing/registries'
import { kindsFor, shortest, stepOf } from '../../../../core/data/preparing/settings'
import { baseOf } from '../../../../core/data/table'
import type { ColumnSettings, Experiment } from '../../../../core/experiment/schema'
import type { Option } from '../../../widgets/option'
import { setColumn, type ColumnRow } from '../column-settings'

/** A column with what the experiment says of it. */
export interface ChosenColumn extends Pick<ColumnRow, 'type' | 'role'> {
  readonly name: string
  readonly settings: ColumnSettings
}

/** What all have in common; nothing where they differ. */
export function common<T, V>(items: readonly T[], valueOf: (item: T) => V): V | undefined {
  const [first, ...rest] = items.map(valueOf)
  return rest.every((value) => JSON.stringify(value) === JSON.stringify(first)) ? first : undefined
}

/** The step that all columns have, with every setting in place; nothing where they differ, or where it is not known. */
export function commonStep(columns: readonly ChosenColumn[], name: StepName): Entry | undefined {
  const entry = common(columns, ({ type, settings }) => stepOf(name, type, settings))
  if (!entry) return undefined
  try {
    return steps[name].parse(entry)
  } catch {
    return undefined
  }
}

const isTarget = ({ role }: ChosenColumn): boolean => role === 'target'

/** Kinds of a step that fit every one of the columns. */
export function kindsForAll(columns: readonly ChosenColumn[], name: StepName): readonly PreparationKind[] {
  const [first, ...rest] = columns.map(({ type }) => kindsFor(name, type))
  const all = (first ?? []).filter((kind) => rest.every((kinds) => kinds.includes(kind)))
  if (name !== 'scale' || !columns.some(isTarget)) return all
  return all.filter(({ type }) => scales.get(type).forTarget)
}

/** Whether the columns pass through a step at all: a target is only scaled, and not everything encoded is. */
export function hasStep(columns: readonly ChosenColumn[], name: StepName): boolean {
  if (columns.length === 0 || kindsForAll(columns, name).length < 2) return false
  if (columns.some(isTarget))
    return name === 'scale' && columns.every(({ type }) => baseOf(type) === 'number')
  if (name !== 'scale') return true
  return columns.every(({ type, settings }) => {
    const encode = stepOf('encode', type, settings).type
    return encoders.has(encode) && encoders.get(encode).scaled
  })
}

export const optionsOf = (kinds: readonly PreparationKind[]): readonly Option[] =>
  kinds.map(({ type, label }) => ({ value: type, label }))

/** Writes a step of several columns on a draft; a scale goes where the new encoding has none. */
export function setStep(draft: Experiment, names: readonly string[], name: StepName, entry: Entry): void {
  for (const column of names) {
    setColumn(draft, column, { [name]: shortest(entry) })
    const own = draft.data.columns[column]!
    if (name !== 'encode' || encoders.get(entry.type).scaled) continue
    delete own.scale
    delete own.scaleGroup
  }
}

/** Writes other settings of several columns on a draft; `undefined` takes one away. */
export function setAll(draft: Experiment, names: readonly string[], change: ColumnSettings): void {
  for (const name of names) setColumn(draft, name, change)
  // "other" is the group of rare ones, and goes with it.
  for (const name of names) {
    const own = draft.data.columns[name]!
    if (own.unseen === 'other' && !own.rare) delete own.unseen
  }
}
