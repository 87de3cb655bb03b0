import type { PreparationKind } from '../../../core/data/preparing/preparation'
import { encoders, scales } from '../../../core/data/preparing/registries'
import { kindsFor, stepOf } from '../../../core/data/preparing/settings'
import { baseOf } from '../../../core/data/table'
import type { ColumnSummary } from '../../../core/data/prepared'
import type { ColumnSettings, Experiment } from '../../../core/experiment/schema'
import type { Option } from '../../widgets/option'

/** A column as it takes part: what the experiment says, and where it says nothing, what the engine proposes. */
export interface ColumnRow {
  readonly summary: ColumnSummary
  readonly type: ColumnSummary['type']
  readonly role: ColumnSummary['role']
  /** The name of each step of its preparation; its settings, if it has some, stand in the experiment. */
  readonly missing: string
  readonly scale: string
  readonly encode: string
}

export function toRow(summary: ColumnSummary, settings: ColumnSettings = {}): ColumnRow {
  const type = settings.type ?? summary.type
  return {
    summary,
    type,
    role: settings.role ?? summary.role,
    missing: stepOf('missing', type, settings).type,
    scale: stepOf('scale', type, settings).type,
    encode: stepOf('encode', type, settings).type,
  }
}

export const typeOptions: readonly Option[] = [
  { value: 'number', label: 'Number' },
  { value: 'integer', label: 'Integer' },
  { value: 'boolean', label: 'Yes/no' },
  { value: 'category', label: 'Category' },
  { value: 'date', label: 'Date' },
  { value: 'text', label: 'Text' },
  { value: 'identifier', label: 'Identifier' },
]

/** The types; a date says whether it has times. */
export const typeOptionsOf = ({ summary }: Pick<ColumnRow, 'summary'>): readonly Option[] =>
  summary.times
    ? typeOptions.map((option) =>
        option.value === 'date' ? { ...option, label: typeWords('date', true) } : option,
      )
    : typeOptions

/** A type as people read it. */
export const typeWords = (type: string, times = false): string =>
  times && type === 'date'
    ? 'Date and time'
    : (typeOptions.find(({ value }) => value === type)?.label ?? type)

/** A role, or to be a target beside those that there are. */
export type RoleChange = ColumnRow['role'] | 'one-more-target'

export type ColumnChange = Omit<ColumnSettings, 'role'> & { readonly role?: RoleChange }

/** The last target cannot be taken away, only given to another column: there is always one. @param targets how many there are */
export function roleOptions({ role, type }: ColumnRow, targets: number): readonly Option[] {
  const disabled = role === 'target' && targets < 2
  return [
    { value: 'feature', label: 'Feature', disabled },
    { value: 'target', label: 'Target' },
    ...(role === 'target' ? [] : [{ value: 'one-more-target', label: 'One more target' }]),
    // Offered for numbers only; a file may give it to another column, which must show then.
    ...(baseOf(type) === 'number' || role === 'weight'
      ? [{ value: 'weight', label: 'Weight', disabled }]
      : []),
    { value: 'group', label: 'Group', disabled },
    { value: 'time', label: 'Time', disabled },
    { value: 'split', label: 'Split', disabled },
    { value: 'ignore', label: 'Ignore', disabled },
  ]
}

const optionsOf = (kinds: readonly PreparationKind[]): readonly Option[] =>
  kinds.map(({ type, label }) => ({ value: type, label }))

export const missingOptions = (type: ColumnRow['type']): readonly Option[] =>
  optionsOf(kindsFor('missing', type)).map((option) =>
    type === 'category' && option.value === 'zero' ? { ...option, label: 'None of them' } : option,
  )

/** A target's scale must be one that every prediction can be turned back from. */
export const scaleOptions = ({ role, type }: Pick<ColumnRow, 'role' | 'type'>): readonly Option[] =>
  optionsOf(
    kindsFor('scale', type).filter(({ type: name }) => role !== 'target' || scales.get(name).forTarget),
  )

export const encodeOptions = (type: ColumnRow['type']): readonly Option[] =>
  optionsOf(kindsFor('encode', type))

/** What an encoding gives; nothing for a name that is not known, which the engine refuses. */
export const encodeHelp = (name: string): string | undefined =>
  encoders.has(name) ? encoders.get(name).help : undefined

/** One setting of a column, on a draft; settings that another type cannot have go with the type, how cells are read stays. */
export function setColumn(draft: Experiment, name: string, change: ColumnSettings): void {
  const { role, type, reading } = draft.data.columns[name] ?? {}
  const before = change.type === undefined ? draft.data.columns[name] : { role, type, reading }
  draft.data.columns[name] = dropUndefined({ ...before, ...change, ...roleFor(change, before?.role) })
}

/** What names its row is no input. */
const roleFor = ({ type }: ColumnSettings, before: ColumnSettings['role']): ColumnSettings =>
  type === 'identifier' && (before === undefined || before === 'feature') ? { role: 'ignore' } : {}

const isNoInput = ({ type }: ColumnRow): boolean => type === 'text' || type === 'identifier'

/** Makes columns the targets; those before become features, and the loss is chosen anew to fit. */
export function setTargets(draft: Experiment, names: readonly string[], rows: readonly ColumnRow[]): void {
  for (const row of rows)
    if (row.role === 'target' && !names.includes(row.summary.name))
      setColumn(draft, row.summary.name, { role: isNoInput(row) ? 'ignore' : 'feature' })
  for (const name of names) setColumn(draft, name, { role: 'target' })
  delete draft.loss
  delete draft.training.classWeights
}

const targetsIn = (rows: readonly ColumnRow[]): string[] =>
  rows.filter(({ role }) => role === 'target').map(({ summary }) => summary.name)

/** Roles that one column has at most: how much rows count, and what a split goes by. */
const singleRoles: readonly ColumnRow['role'][] = ['weight', 'group', 'time', 'split']

/** Gives a column a role; where one column has it at most, the one before becomes a feature. */
export function setRole(draft: Experiment, name: string, role: RoleChange, rows: readonly ColumnRow[]): void {
  if (role === 'target') return setTargets(draft, [name], rows)
  if (role === 'one-more-target') return setTargets(draft, [...targetsIn(rows), name], rows)
  if (singleRoles.includes(role))
    for (const row of rows)
      if (row.role === role)
        setColumn(draft, row.summary.name, { role: isNoInput(row) ? 'ignore' : 'feature' })
  setColumn(draft, name, { role })
}

const dropUndefined = (settings: ColumnSettings): ColumnSettings =>
  Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined))
