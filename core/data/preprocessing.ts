import type { ResolvedColumn, ResolvedColumns } from './columns'
import { fitColumn } from './preparing/families'
import type { FittedColumn } from './preparing/fitted'
import { gather, refuseOutside } from './preparing/number-columns'
import { encoders, scales } from './preparing/registries'
import { makeScratch } from './preparing/scratch'
import { trainingTarget } from './preparing/training-target'
import type { PartTransform, Preprocessing, TargetDescription, TargetPart } from './prepared'
import { fitScaleGroups } from './scale-groups'
import { isCoded } from './table'
import { partsOf } from './target-parts'

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
  const { targets, description } = settings
  const sharedScale = fitScaleGroups(settings.features, rows)
  const context = {
    rows,
    scratch: makeScratch(),
    target: () =>
      trainingTarget(
        targets.map(({ column }) => column),
        description,
        rows,
      ),
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
  const parts = partsOf(description).map((part, i) => fitTarget(targets[i]!, part, rows))
  const target = 'parts' in description ? { type: description.type, parts } : parts[0]!
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
  { column, scale: { type, ...config } }: ResolvedColumn,
  part: TargetPart,
  rows: Uint32Array,
): PartTransform {
  if (part.type !== 'number' || isCoded(column)) return { ...part, scale: { type: 'none' } }
  const values = gather(column.values, rows)
  refuseOutside(type, column.name, values, rows, 0, rows.length)
  return { ...part, scale: { type, ...scales.get(type).fit(values, config) } }
}
