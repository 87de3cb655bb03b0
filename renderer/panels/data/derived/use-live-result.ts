import type { Ref } from 'vue'
import type { DerivedSettings } from '../../../../core/experiment/schema'
import { engine } from '../../../engine'
import { useExperiment } from '../../../stores/experiment'
import { useAnswer } from '../use-answer'

/**
 * What the engine makes of the experiment's computed columns, the one in the editor among them: the first rows, or what is
 * wrong.
 */
export function useLiveResult(derived: Ref<readonly DerivedSettings[] | null>) {
  const lab = useExperiment()
  const { answer, problem, isAsking } = useAnswer(derived, (columns) => {
    const { experiment, folder } = lab.at()
    const data = { ...experiment.data, derived: [...columns] }
    return engine.preview({ experiment: { ...experiment, data }, folder })
  })
  return { preview: answer, problem, isAsking }
}
