import type { UpdateOptimizer } from '../../../core/optimizers/optimizer'
import { updateOptimizers } from '../../../core/optimizers/registry'

export function updateOptimizer(type: string): UpdateOptimizer {
  const kind = updateOptimizers.find((candidate) => candidate.type === type)
  if (!kind) throw new TypeError(`${type} makes no update from a batch`)
  return kind
}
