import type { Config, Kind } from '../catalog/kind'
import type { TargetPart } from '../data/prepared'
import type { Tensor } from '../graph/graph'

/** How a prediction is made from the last layer's numbers. */
export type Link = 'identity' | 'exp' | 'sigmoid' | 'softmax'

export interface LossKind<C extends Config = Config> extends Kind<C> {
  /** Targets that it fits; of numbers and two classes several at once, too, as it is the mean over all units. */
  readonly targets: readonly TargetPart['type'][]
  /** `none`: number targets must come in their own unit, as counts do. Left out: scaled as the column says. */
  readonly targetScale?: 'none'
  /** The smallest number that a target may be; left out, any. */
  readonly leastTarget?: number
  /** The output layer applies this when predicting; the loss itself takes the numbers before it. */
  readonly link: Link
  /** (output [batch, units] before the link, target [batch, units]) -> loss of each row [batch, 1]. */
  build(config: C, output: Tensor, target: Tensor): Tensor
}
