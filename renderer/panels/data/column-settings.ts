import type { PreparationKind } from '../../../core/data/preparing/preparation'
import { encoders, scales } from '../../../core/data/preparing/registries'
import { kindsFor, stepOf } from '../../../core/data/preparing/settings'
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
  { value: 'boolean', label: 'Yes/no' },
  { value: 'category', label: 'Category' },
  { value: 'date', label: 'Date' },
  { value: 'text', label: 'Text' },
]

/** A type as people read it. */
export const typeWords = (type: string): string =>
  typeOptions.find(({ value }) => value === type)?.label ?? type

/** The target cannot be taken away, only given to another column: there is always exactly one. */
export const roleOptions = ({ role, type }: ColumnRow): readonly Option[] => [
  { value: 'feature', label: 'Feature', disabled: role === 'target' },
  { value: 'target', label: 'Target' },
  // Offered for numbers only; a file may give it to another column, which must show then.
  ...(type === 'number' || role === 'weight'
    ? [{ value: 'weight', label: 'Weight', disabled: role === 'target' }]
    : []),
  { value: 'group', label: 'Group', disabled: role === 'target' },
  { value: 'time', label: 'Time', disabled: role === 'target' },
  { value: 'split', label: 'Split', disabled: role === 'target' },
  { value: 'ignore', label: 'Ignore', disabled: role === 'target' },
]

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
  draft.data.columns[name] = dropUndefined({ ...before, ...change })
}

/** Makes a column the target; the one before becomes a feature, and the loss is chosen anew to fit. */
function setTarget(draft: Experiment, name: string, rows: readonly ColumnRow[]): void {
  for (const row of rows)
    if (row.role === 'target')
      setColumn(draft, row.summary.name, { role: row.type === 'text' ? 'ignore' : 'feature' })
  setColumn(draft, name, { role: 'target' })
  delete draft.loss
  delete draft.training.classWeights
}

/** Roles that one column has at most: how much rows count, and what a split goes by. */
const singleRoles: readonly ColumnRow['role'][] = ['weight', 'group', 'time', 'split']

/** Gives a column a role; where one column has it at most, the one before becomes a feature. */
export function setRole(
  draft: Experiment,
  name: string,
  role: ColumnRow['role'],
  rows: readonly ColumnRow[],
): void {
  if (role === 'target') return setTarget(draft, name, rows)
  if (singleRoles.includes(role))
    for (const row of rows)
      if (row.role === role)
        setColumn(draft, row.summary.name, { role: row.type === 'text' ? 'ignore' : 'feature' })
  setColumn(draft, name, { role })
}

const dropUndefined = (settings: ColumnSettings): ColumnSettings =>
  Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined))
