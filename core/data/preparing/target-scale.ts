import type { TargetTransform } from '../prepared'
import { scales } from './registries'

/** Numbers of a target as the network learns them. In place. */
export function scaleTarget(
  values: Float64Array,
  { scale: { type, ...found } }: TargetTransform,
): Float64Array {
  scales.get(type).apply(values, values.length, found)
  return values
}

/** Number targets back in their own unit; probabilities and classes as they are. In place. */
export function unscale(values: Float64Array, target: TargetTransform): Float64Array {
  const { type, ...found } = target.scale
  if (target.type === 'number') scales.get(type).invert(values, values.length, found)
  return values
}
