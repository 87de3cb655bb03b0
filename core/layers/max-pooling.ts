import { pickLargest } from '../graph/ops'
import { pooling } from './pooling'
import type { SpatialRank } from './images'

/** The largest of each window and channel. The first of equals takes the gradient, as in PyTorch; edges count as nothing. */
export const maxPooling = (rank: SpatialRank) =>
  pooling(rank, (x, windows) => pickLargest(x, x, windows, windows.count))
