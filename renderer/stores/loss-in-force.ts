import type { TargetDescription } from '../../core/data/prepared'
import type { Experiment, LayerEntry } from '../../core/experiment/schema'
import { defaultLoss } from '../../core/losses/default-loss'

/** The loss that the experiment names, or the one that fits the target; null until a target is known. */
export function lossInForce(experiment: Experiment, target: TargetDescription | null): LayerEntry | null {
  if (experiment.loss) return experiment.loss
  return target && { type: defaultLoss(target) }
}
