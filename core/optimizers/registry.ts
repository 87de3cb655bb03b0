import { createRegistry } from '../catalog/registry'
import * as kinds from './kinds'
import { isFullBatch, type OptimizerKind, type UpdateOptimizer } from './optimizer'

/** Optimizers of both sorts: updates from batches, and methods that look at all rows. */
export const optimizers = createRegistry<OptimizerKind>('optimizer', kinds)

/** Those that make one update from each batch. */
export const updateOptimizers: readonly UpdateOptimizer[] = optimizers.list.filter(
  (kind): kind is UpdateOptimizer => !isFullBatch(kind),
)
