import type { ResolvedColumn, ResolvedColumns } from './columns'
import { fitFeature, fitScale, gather } from './fit'
import type { FeatureTransform, Preprocessing, TargetDescription, TargetTransform } from './prepared'
import { fitScaleGroups } from './scale-groups'
import { isCoded, type Column, type Table } from './table'

/** The settings of an experiment's columns, resolved for a table, with what its target was found to be. */
export interface PreprocessingSettings extends ResolvedColumns {
  readonly description: TargetDescription
}

/** Fits every column on the training rows, and on no other. `table` holds the columns that `settings` speaks of. */
export function fitPreprocessing(
  table: Pick<Table, 'rowCount'>,
  settings: PreprocessingSettings,
  trainRows: Uint32Array,
): Preprocessing {
  const rows = trainRows.filter((row) => row < table.rowCount)
  const features: FeatureTransform[] = []
  const sharedScale = fitScaleGroups(settings.features, rows)
  let width = 0
  for (const column of codesFirst(settings.features)) {
    const transform = fitFeature(column, rows, width, sharedScale(column))
    features.push(transform)
    width += transform.width
  }
  const target = fitTarget(settings.target.column, settings.description, settings.target.scale, rows)
  return { version: 1, features, width, inputNames: features.flatMap(inputNames), target }
}

/** Codes come first, so that an embedding layer finds them in the same places, however many inputs other categories become. */
function codesFirst(features: readonly ResolvedColumn[]): ResolvedColumn[] {
  const isCode = ({ column, encode }: ResolvedColumn): boolean => isCoded(column) && encode === 'codes'
  return [...features.filter(isCode), ...features.filter((feature) => !isCode(feature))]
}

function inputNames(feature: FeatureTransform): string[] {
  if (feature.type === 'category' && feature.encode === 'codes') return [feature.column]
  if (feature.type === 'category') return feature.levels.map((level) => `${feature.column} = ${level}`)
  return [feature.labels ? `${feature.column} = ${feature.labels[1]}` : feature.column]
}

function fitTarget(
  column: Column,
  description: TargetDescription,
  scale: ResolvedColumns['target']['scale'],
  rows: Uint32Array,
): TargetTransform {
  if (description.type !== 'number' || isCoded(column)) return { ...description, offset: 0, factor: 1 }
  return {
    ...description,
    ...fitScale(gather(column.values, rows), scale),
  }
}
