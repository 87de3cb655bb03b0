import type { PartTransform, TargetTransform } from '../prepared'
import { partType, splitUnits } from '../target-parts'
import { scales } from './registries'

/** Numbers of one column as the network learns them. In place. */
export function scaleTarget(
  values: Float64Array,
  { scale: { type, ...found } }: PartTransform,
): Float64Array {
  scales.get(type).apply(values, values.length, found)
  return values
}

/** Number targets [rows, units] back in their own unit, each by its own scale; probabilities and classes as they are. In place. */
export function unscale(values: Float64Array, target: TargetTransform): Float64Array {
  if (partType(target) !== 'number') return values
  if (!('parts' in target)) return unscalePart(values, target)
  const width = target.parts.length
  splitUnits(values, target).forEach(({ part, values: own }, unit) =>
    unscalePart(own, part).forEach((value, row) => (values[row * width + unit] = value)),
  )
  return values
}

function unscalePart(values: Float64Array, { scale: { type, ...found } }: PartTransform): Float64Array {
  scales.get(type).invert(values, values.length, found)
  return values
}
