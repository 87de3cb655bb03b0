import { suggest } from '../catalog/suggest'
import { LabError } from '../errors/lab-error'
import type { ColumnRole, ColumnSettings, Experiment } from '../experiment/schema'
import { targetScale } from './check-loss'
import { resolvePreparation, type Preparation } from './preparing/settings'
import { guessTarget } from './guess-target'
import { findKeys } from './key-columns'
import { findWeight } from './row-weight'
import { proposeRoles } from './roles'
import { retypeColumn } from './retype'
import type { CellRules } from './typing'
import { isCoded, type Column, type ColumnType, type Table } from './table'

/** A column, how it takes part, and every step of its preparation. */
export interface ResolvedColumn extends Preparation {
  readonly column: Column
  readonly role: ColumnRole
}

export interface ResolvedColumns {
  /** In the order of the table; at least one. */
  readonly targets: readonly ResolvedColumn[]
  /** In the order of the table. */
  readonly features: readonly ResolvedColumn[]
  /** Says how much each row counts; left out, all count alike. */
  readonly weight?: ResolvedColumn
  /** What a split or a series goes by: columns with the role group, time or split. */
  readonly keys: readonly ResolvedColumn[]
}

/**
 * Brings an experiment's columns and a table together; what is not listed gets what import would propose.
 * `loss` says how its target is scaled where the settings do not.
 * @throws LabError `unknown-column`, `no-target`, `no-features`, `bad-target`, `two-weights`,
 * `bad-weight`, `unknown-kind` or `bad-setting`
 */
export function resolveColumns(
  table: Table,
  settings: Experiment['data']['columns'],
  loss?: Experiment['loss'],
): ResolvedColumns {
  refuseUnknown(table, settings)
  const targetNames = findTargets(table, settings)
  const isOpen = table.columns.some(({ name }) => settings[name]?.role === undefined)
  const roles = isOpen ? proposeRoles(table, targetNames) : undefined
  const resolved = table.columns.map((column) => {
    const listed = settings[column.name] ?? {}
    const role = listed.role ?? roles!.get(column.name)!.role
    const open = role === 'target' ? { scale: targetScale(loss), ...listed } : listed
    return role === 'ignore' ? undefined : resolve(column, role, open)
  })
  const taking = resolved.filter((column) => column !== undefined)
  const features = taking.filter((column) => column.role === 'feature')
  if (features.length === 0) refuseNoFeatures(targetNames)
  const weight = findWeight(taking)
  const keys = findKeys(taking)
  const targets = taking.filter((column) => column.role === 'target')
  return { targets, features, keys, ...(weight && { weight }) }
}

/** The types that an experiment names, for reading the table with them. */
export function typesOf(settings: Experiment['data']['columns']): Record<string, ColumnType> {
  const typed = Object.entries(settings).flatMap(([name, { type, role }]) =>
    type && role !== 'ignore' ? [[name, type] as const] : [],
  )
  return Object.fromEntries(typed)
}

/** What an experiment says of single cells, by column; of ignored ones too, as others may be computed from them. */
export function cellRulesOf(settings: Experiment['data']['columns']): Record<string, CellRules> {
  const ruled = Object.entries(settings).flatMap(([name, { unreadable, reading }]) =>
    unreadable || reading
      ? [[name, { ...(unreadable && { unreadable }), ...(reading && { reading }) }] as const]
      : [],
  )
  return Object.fromEntries(ruled)
}

function resolve(read: Column, role: ResolvedColumn['role'], settings: ColumnSettings): ResolvedColumn {
  const keepsWords = settings.unreadable === 'text' && isCoded(read)
  const typed = settings.type && !keepsWords ? retypeColumn(read, settings.type) : read
  if (settings.type === 'identifier' && (role === 'feature' || role === 'target'))
    refuseIdentifier(read.name, role)
  // Who gives a column a role that was taken for an identifier knows better.
  const column =
    settings.type === undefined && typed.nature === 'identifier' ? { ...typed, nature: undefined } : typed
  return { column, role, ...resolvePreparation(column, role, settings) }
}

function refuseIdentifier(column: string, role: string): never {
  throw new LabError({
    code: 'identifier-input',
    expected: `a ${role} that says the same of many rows`,
    came: 'a column of type identifier, which names its row',
    advice: 'Leave the column out, or give it another type, such as category or number.',
    place: { column, path: `data.columns.${column}.type` },
  })
}

function refuseUnknown(table: Table, settings: Experiment['data']['columns']): void {
  const names = table.columns.map((column) => column.name)
  for (const name of Object.keys(settings)) if (!names.includes(name)) refuseColumn(name, names, table.name)
}

/** The help page for a column that a table does not have. */
export function refuseColumn(name: string, known: readonly string[], file: string): never {
  const near = suggest(name, known)
  throw new LabError({
    code: 'unknown-column',
    expected: `a column of ${file}`,
    came: `"${name}"`,
    advice: near ? `Did you mean "${near}"?` : `The columns are: ${known.join(', ')}.`,
    place: { file, column: name },
  })
}

function findTargets(table: Table, settings: Experiment['data']['columns']): string[] {
  const given = Object.keys(settings).filter((name) => settings[name]!.role === 'target')
  if (given.length > 0) return given
  const open = table.columns.filter((column) => settings[column.name]?.role === undefined)
  const target = guessTarget({ ...table, columns: open })
  if (target !== undefined) return [target]
  throw new LabError({
    code: 'no-target',
    expected: 'a column with the role target',
    came: 'none',
    advice: 'Choose the column that the network shall predict, and give it the role target.',
    place: { path: 'data.columns' },
  })
}

function refuseNoFeatures(targets: readonly string[]): never {
  throw new LabError({
    code: 'no-features',
    expected: 'at least one column to predict from',
    came: `no column with the role feature beside the target ${targets.map((name) => `"${name}"`).join(', ')}`,
    advice: 'Give at least one other column the role feature.',
    place: { path: 'data.columns' },
  })
}
