import type { ResolvedColumn, ResolvedColumns } from './columns'
import { fitColumn } from './preparing/families'
import type { FittedColumn } from './preparing/fitted'
import { gather, refuseOutside } from './preparing/number-columns'
import { encoders, scales } from './preparing/registries'
import { makeScratch } from './preparing/scratch'
import { trainingTarget } from './preparing/training-target'
import type { Preprocessing, TargetDescription, TargetTransform } from './prepared'
import { fitScaleGroups } from './scale-groups'
import { isCoded, type Column } from './table'

/** The settings of an experiment's columns, resolved for a table, with what its target was found to be. */
export interface PreprocessingSettings extends ResolvedColumns {
  readonly description: TargetDescription
}

/** Inputs that the training rows have in place of those that their preprocessing gives other rows. */
export interface CrossFitted {
  /** First of them, [training rows, width]. */
  readonly start: number
  readonly width: number
  readonly values: Float64Array
}

export interface FittedPreprocessing {
  readonly preprocessing: Preprocessing
  readonly crossFitted: readonly CrossFitted[]
}

/** Fits every column on the training rows, and on no other. */
export function fitPreprocessing(settings: PreprocessingSettings, rows: Uint32Array): FittedPreprocessing {
  const { target: aim, description } = settings
  const sharedScale = fitScaleGroups(settings.features, rows)
  const context = {
    rows,
    scratch: makeScratch(),
    target: () => trainingTarget(aim.column, description, rows),
  }
  const ordered = firstOnes(settings.features)
  const fits = ordered.map((column) => fitColumn(column, context, sharedScale(column)))
  const starts = startsOf(fits.map(({ fitted }) => fitted.width))
  const inputs = starts.pop()!
  const inputNames = fits.flatMap((fit) => fit.inputNames)
  const features = fits.map(({ fitted }, i): FittedColumn => {
    const { scales, width, ...rest } = fitted
    const place = { start: starts[i]!, width }
    if (!ordered[i]!.indicator) return { ...rest, ...(scales && { scales }), ...place }
    const indicator = inputNames.push(`${fitted.column} is missing`) - 1
    return { ...rest, ...(scales && { scales }), ...place, indicator }
  })
  const target = fitTarget(aim.column, description, aim.scale, rows)
  const width = Math.max(inputs, inputNames.length)
  const crossFitted = fits.flatMap(({ fitted, crossFitted: values }, i) =>
    values ? [{ start: starts[i]!, width: fitted.width, values }] : [],
  )
  return { preprocessing: { version: 2, features, width, inputNames, target }, crossFitted }
}

/** Where each begins whose widths are given, and where the last one ends. */
function startsOf(widths: readonly number[]): number[] {
  const starts = [0]
  for (const width of widths) starts.push(starts.at(-1)! + width)
  return starts
}

/** Codes come first, so that an embedding layer finds them in the same places, however many inputs other categories become. */
function firstOnes(features: readonly ResolvedColumn[]): ResolvedColumn[] {
  const isFirst = ({ encode }: ResolvedColumn): boolean => encoders.get(encode.type).first === true
  return [...features.filter(isFirst), ...features.filter((feature) => !isFirst(feature))]
}

function fitTarget(
  column: Column,
  description: TargetDescription,
  { type, ...config }: ResolvedColumn['scale'],
  rows: Uint32Array,
): TargetTransform {
  if (description.type !== 'number' || isCoded(column)) return { ...description, scale: { type: 'none' } }
  const values = gather(column.values, rows)
  refuseOutside(type, column.name, values, rows, 0, rows.length)
  return { ...description, scale: { type, ...scales.get(type).fit(values, config) } }
}
