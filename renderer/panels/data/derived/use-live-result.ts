import { onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'
import { toHelpPage, type HelpPage } from '../../../../core/errors/lab-error'
import type { DerivedSettings } from '../../../../core/experiment/schema'
import type { TablePreview } from '../../../../core/protocol/contract'
import { engine } from '../../../engine'
import { useExperiment } from '../../../stores/experiment'

/** After the last letter, in milliseconds. */
const settle = 200

/**
 * What the engine makes of the experiment's computed columns, the one in the editor among them: the first rows, or what is
 * wrong. Answers that a newer question has overtaken are dropped.
 */
export function useLiveResult(derived: Ref<readonly DerivedSettings[] | null>) {
  const lab = useExperiment()
  const preview = shallowRef<TablePreview | null>(null)
  const problem = shallowRef<HelpPage | null>(null)
  const isAsking = ref(false)
  let asked = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  async function ask(columns: readonly DerivedSettings[]): Promise<void> {
    const question = ++asked
    const { experiment, folder } = lab.at()
    try {
      const data = { ...experiment.data, derived: [...columns] }
      const seen = await engine.preview({ experiment: { ...experiment, data }, folder })
      if (question !== asked) return
      preview.value = seen
      problem.value = null
    } catch (error) {
      if (question === asked) problem.value = toHelpPage(error)
    } finally {
      if (question === asked) isAsking.value = false
    }
  }

  watch(
    derived,
    (columns) => {
      clearTimeout(timer)
      asked++
      isAsking.value = columns !== null
      if (columns) timer = setTimeout(() => void ask(columns), settle)
      else [preview.value, problem.value] = [null, null]
    },
    { immediate: true },
  )
  onScopeDispose(() => {
    clearTimeout(timer)
    asked++
  })
  return { preview, problem, isAsking }
}
