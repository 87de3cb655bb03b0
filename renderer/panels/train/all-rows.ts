import { computed, type ComputedRef } from 'vue'
import { isFullBatch } from '../../../core/optimizers/optimizer'
import { optimizers } from '../../kinds'
import { useExperiment } from '../../stores/experiment'

/**
 * The name of the open experiment's optimizer if it computes each update from all rows and finds the length of its steps
 * itself: then batches, their order and a learning rate are nothing to set.
 */
export function useAllRowsOptimizer(): ComputedRef<string | null> {
  const lab = useExperiment()
  return computed(() => {
    const type = lab.experiment?.optimizer.type
    const kind = type !== undefined && optimizers.has(type) ? optimizers.get(type) : null
    return kind && isFullBatch(kind) ? kind.label : null
  })
}
