import type { Entry } from '../../catalog/kind'
import { LabError } from '../../errors/lab-error'
import type { ColumnRole, ColumnSettings } from '../../experiment/schema'
import { baseOf, type BaseType, type Column, type ColumnType } from '../table'
import type { PreparationKind } from './preparation'
import { encoders, scales, steps, type StepName } from './registries'

/** A column's preparation with nothing left open. */
export interface Preparation {
  readonly missing: Entry
  /** True: one more input tells where a cell is missing. */
  readonly indicator: boolean
  readonly clip: Entry
  readonly encode: Entry
  readonly scale: Entry
  readonly scaleGroup?: string
  readonly rare?: NonNullable<ColumnSettings['rare']>
  readonly unseen: 'zeros' | 'other' | 'fill'
}

export type StepSetting = NonNullable<ColumnSettings[StepName]>

const isMeasured = (type: BaseType): boolean => type === 'number' || type === 'date'

const encodings: Record<BaseType, string> = {
  number: 'number',
  boolean: 'number',
  date: 'number',
  category: 'one-hot',
  text: 'tf-idf',
}

/** What a step is where the settings do not say, by the column's type and its encoding. */
const proposed: Record<StepName, (type: BaseType, encode: string) => string> = {
  missing: (type) => (isMeasured(type) ? 'mean' : type === 'text' ? 'zero' : 'most-frequent'),
  clip: () => 'none',
  encode: (type) => encodings[type],
  scale: (type, encode) =>
    (isMeasured(type) || type === 'category') && isScaled(encode) ? 'standard' : 'none',
}

const isScaled = (encode: string): boolean => encoders.has(encode) && encoders.get(encode).scaled

/** A step's name, or its name with settings, as an entry. */
export const entryOf = (setting: StepSetting): Entry =>
  typeof setting === 'string' ? { type: setting } : setting

/** As short as it can be written: the name alone where the kind has no settings. */
export const shortest = ({ type, ...settings }: Entry): StepSetting =>
  Object.keys(settings).length ? { type, ...settings } : type

/** The step that a column of a type has. */
export function stepOf(name: StepName, type: ColumnType, settings: ColumnSettings = {}): Entry {
  const given = settings[name]
  if (given !== undefined) return entryOf(given)
  const encode = name === 'encode' ? '' : stepOf('encode', type, settings).type
  return { type: proposed[name](baseOf(type), encode) }
}

/** The kinds of a step that a column of a type can have. */
export const kindsFor = (name: StepName, type: ColumnType): readonly PreparationKind[] =>
  (steps[name].list as readonly PreparationKind[]).filter(({ types }) => types.includes(baseOf(type)))

/** A preparation as an experiment file holds it: without what says nothing for columns of the type. */
export function writtenPreparation(prepared: Preparation, type: ColumnType): ColumnSettings {
  const { missing, indicator, clip, encode, scale, scaleGroup, rare, unseen } = prepared
  return {
    missing: shortest(missing),
    ...(indicator && { indicator }),
    ...(clip.type !== 'none' && { clip: shortest(clip) }),
    ...(encode.type !== 'number' && { encode: shortest(encode) }),
    ...(isScaled(encode.type) && { scale: shortest(scale) }),
    ...(scaleGroup !== undefined && { scaleGroup }),
    ...(rare && { rare }),
    ...(type === 'category' && unseen !== 'zeros' && { unseen }),
  }
}

/**
 * Puts every step in place and looks whether they fit the column.
 * @throws LabError `unknown-kind` or `bad-setting`, with the column and the setting's path
 */
export function resolvePreparation(column: Column, role: ColumnRole, settings: ColumnSettings): Preparation {
  const step = (name: StepName): Entry => parseStep(column, name, settings)
  const [missing, clip, encode, scale] = [step('missing'), step('clip'), step('encode'), step('scale')]
  const { scaleGroup, rare, unseen, indicator = false } = settings
  const resolved = {
    ...{ missing, clip, encode, scale, indicator },
    ...(scaleGroup !== undefined && { scaleGroup }),
    ...(rare && { rare }),
    unseen: unseen ?? (rare ? ('other' as const) : ('zeros' as const)),
  }
  if (role === 'feature') checkFeature(column, settings, resolved)
  if (role === 'target' && !scales.get(scale.type).forTarget) refuseTargetScale(column, scale.type)
  return resolved
}

function parseStep(column: Column, name: StepName, settings: ColumnSettings): Entry {
  const path = pathOf(column, name)
  try {
    return steps[name].parse(stepOf(name, column.type, settings), path)
  } catch (error) {
    throw error instanceof LabError ? error.at({ column: column.name }) : error
  }
}

const pathOf = (column: Column, setting: string): string => `data.columns.${column.name}.${setting}`

function checkFeature(column: Column, settings: ColumnSettings, resolved: Preparation): void {
  for (const name of Object.keys(steps) as StepName[]) checkStep(column, name, resolved[name])
  const { scale, encode, unseen, rare, missing } = resolved
  const category = column.type === 'category'
  const encoder = encoders.get(encode.type)
  if (!encoder.scaled && (scale.type !== 'none' || settings.scaleGroup !== undefined))
    refuse(
      column,
      settings.scaleGroup === undefined ? 'scale' : 'scaleGroup',
      settings.scaleGroup ?? scale.type,
      {
        expected: `no scale, as the encoding "${encode.type}" gives inputs that need none`,
        advice: 'Leave it out.',
      },
    )
  if (!category && (settings.rare || settings.unseen))
    refuse(column, settings.rare ? 'rare' : 'unseen', settings.rare ?? settings.unseen, {
      expected: `settings that fit a column of type ${column.type}`,
      advice: 'Leave it out: only categories can be rare or unseen.',
    })
  if (unseen === 'other' && !rare)
    refuse(column, 'unseen', unseen, {
      expected: '"other" beside a setting "rare", which makes the group of others',
      advice: 'Give "rare" as well, such as { "minimum": 5 }, or take "zeros" or "fill".',
    })
  if (unseen === 'fill' && missing.type === 'zero')
    refuse(column, 'unseen', unseen, {
      expected: 'a category that stands in for missing cells, as unseen ones shall count as it',
      advice: 'Set "missing" to "most-frequent" or to a constant, or take "zeros".',
    })
}

function checkStep(column: Column, name: StepName, entry: Entry): void {
  const { type, ...config } = entry
  const kind: PreparationKind = steps[name].get(type)
  if (!kind.types.includes(column.type))
    refuse(column, name, type, {
      expected: `a setting "${name}" that fits a column of type ${column.type}`,
      advice: `Take ${either(kindsFor(name, column.type).map((each) => `"${each.type}"`))}.`,
    })
  const misfit = kind.misfit?.(column, config)
  if (misfit) throw pageOf(column, name, misfit)
}

const either = (words: readonly string[]): string =>
  words.length > 1 ? `${words.slice(0, -1).join(', ')} or ${words.at(-1)}` : words.join('')

const refuseTargetScale = (column: Column, scale: string): never =>
  refuse(column, 'scale', scale, {
    expected: 'a scale of the target that any prediction can be turned back from',
    advice: `Take ${either(scales.list.filter(({ forTarget }) => forTarget).map(({ type }) => `"${type}"`))}.`,
  })

function refuse(
  column: Column,
  setting: string,
  came: unknown,
  page: { readonly expected: string; readonly advice: string },
): never {
  throw pageOf(column, setting, { came: JSON.stringify(came), ...page })
}

const pageOf = (
  column: Column,
  setting: string,
  page: { readonly expected: string; readonly came: string; readonly advice: string },
): LabError =>
  new LabError({
    code: 'bad-setting',
    ...page,
    place: { column: column.name, path: pathOf(column, setting) },
  })
