import type { ClipSettings, RegularizationSettings } from '../../experiment/schema'
import { clip } from './clip'
import { maxNorm } from './max-norm'
import type { Part } from './part'
import { penalty } from './penalty'

/** Settings of what surrounds the optimizer; left out, nothing does. */
export interface PartSettings {
  readonly regularization?: RegularizationSettings
  readonly clip?: ClipSettings
}

/** Between the gradient of the loss and the optimizer, in this order: penalties, then clipping. */
export function gradientParts({ regularization, clip: clipping }: PartSettings): Part[] {
  const { l1 = 0, l2 = 0 } = regularization ?? {}
  return [...(l1 > 0 || l2 > 0 ? [penalty(l1, l2)] : []), ...(clipping ? [clip(clipping)] : [])]
}

/** Between the optimizer and the new parameters. */
export const weightParts = ({ regularization }: PartSettings): Part[] =>
  regularization?.maxNorm ? [maxNorm(regularization.maxNorm)] : []
