import type { RuleName } from '../../../../core/data/cells/rewrite'
import type { ReadingKind } from '../../../../core/data/cells/rules/reading-kind'
import type { ReadingTrial } from '../../../../core/data/cells/try-reading'
import { baseOf, type ColumnType } from '../../../../core/data/table'
import type { ColumnSettings, Experiment } from '../../../../core/experiment/schema'
import { setColumn } from '../column-settings'

/** A column's settings with one rule as wanted, or without it. */
export function withRule(settings: ColumnSettings, name: RuleName, rule: unknown): ColumnSettings {
  const { reading = {}, ...others } = settings
  const { [name]: _before, ...left } = reading
  const rules = rule === undefined ? left : { ...left, [name]: rule }
  return Object.keys(rules).length > 0 ? { ...others, reading: rules } : others
}

/** The type that a column is read as with a rule: a rule for numbers makes numbers of words. */
export const typeWith = ({ forNumbers }: ReadingKind, now: ColumnType): ColumnType =>
  forNumbers && baseOf(now) !== 'number' ? 'number' : now

/**
 * Sets a rule on a draft; cells that are not of the column's type count as missing then, unless it is told otherwise.
 * @param type what the column is read as from now on, where that is told
 */
export function setRule(
  draft: Experiment,
  { column, unreadable }: Pick<ReadingTrial, 'column' | 'unreadable'>,
  name: RuleName,
  rule: unknown,
  type?: ColumnType,
): void {
  const given = draft.data.columns[column] ?? {}
  if (type !== undefined && type !== given.type) setColumn(draft, column, { type, ...roleFor(given, type) })
  const settings = withRule(draft.data.columns[column] ?? {}, name, rule)
  const isOpen = given.unreadable === undefined || given.unreadable === 'error'
  draft.data.columns[column] =
    unreadable.count > 0 && isOpen ? { ...settings, unreadable: 'missing' } : settings
}

/** What was left out as free text, or as names of rows, takes part as numbers. */
const roleFor = ({ role }: ColumnSettings, type: ColumnType): ColumnSettings =>
  role === 'ignore' && baseOf(type) === 'number' ? { role: 'feature' } : {}

/** Takes one rule of a column back. */
export function removeRule(draft: Experiment, column: string, name: RuleName): void {
  draft.data.columns[column] = withRule(draft.data.columns[column] ?? {}, name, undefined)
}
