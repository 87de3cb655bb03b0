import type { TargetDescription, TargetTransform } from './prepared'

/** What is predicted, without how its numbers are scaled. */
export function describeTarget(transform: TargetTransform): TargetDescription {
  const { scale: _scale, ...target } = transform
  return target
}
