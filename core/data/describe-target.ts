import type { PartTransform, TargetDescription, TargetPart, TargetTransform } from './prepared'

/** What is predicted, without how its numbers are scaled. */
export const describeTarget = (transform: TargetTransform): TargetDescription =>
  'parts' in transform
    ? { type: transform.type, parts: transform.parts.map(withoutScale) }
    : withoutScale(transform)

function withoutScale(transform: PartTransform): TargetPart {
  const { scale: _scale, ...target } = transform
  return target
}
