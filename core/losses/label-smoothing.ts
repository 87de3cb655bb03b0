import { z } from 'zod'
import type { Tensor } from '../graph/graph'
import { add, multiply } from '../graph/ops'

/** The setting that the losses for classes share. */
export const labelSmoothingField = () =>
  z.number().min(0).lt(1).default(0).meta({
    label: 'Label smoothing',
    help: 'Share of certainty taken from the true class and spread evenly over all classes. 0 turns it off, 0.1 is usual.',
    advanced: true,
  })

/**
 * Targets [batch, units] mixed with the even distribution over `classes`: (1 - s) t + s / classes. Not smoothed, they
 * stay the same node.
 * Source: Szegedy and others, “Rethinking the Inception architecture”, CVPR 2016, section 7; as in PyTorch.
 */
export const smoothed = (targets: Tensor, smoothing: number, classes: number): Tensor =>
  smoothing > 0 ? add(multiply(targets, 1 - smoothing), smoothing / classes) : targets
