import type { Numbers } from '../backends/backend'
import type { Best } from './best'

/**
 * All that a training is at the end of an epoch. Random numbers and batch order follow from the seed and the epoch, so a
 * training that goes on from here ends with the same bits as one that never stopped.
 */
export interface Checkpoint {
  readonly version: 1
  readonly epoch: number
  readonly step: number
  readonly seconds: number
  /** Every persistent buffer: the network's state and the optimizer's state vectors. */
  readonly buffers: Readonly<Record<string, Numbers>>
  readonly best: Best
}
