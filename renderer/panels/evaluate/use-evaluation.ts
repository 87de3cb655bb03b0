import { computed, onActivated, onDeactivated, onMounted, shallowRef, watch } from 'vue'
import { toHelpPage } from '../../../core/errors/lab-error'
import type { HelpPage } from '../../../core/errors/lab-error'
import type { Evaluation } from '../../../core/protocol/contract'
import { engine } from '../../engine'
import { useRuns } from '../../stores/runs'
import type { Run } from '../../stores/runs'

interface Known {
  /** Status and step that it was made at. */
  readonly moment: string
  readonly evaluation: Evaluation
}

/** Shared by the panels, so that going from one to the other asks the engine nothing. */
const known = new WeakMap<Run, Known>()

const momentOf = (run: Run): string => {
  void run.version.value
  return `${run.status.value} ${run.lastStep?.step ?? 0} ${run.endEvent?.step ?? ''}`
}

const diverged = ({ status, endEvent, isLost }: Run): boolean =>
  status.value === 'failed' && !isLost && endEvent?.reason === 'non-finite' && endEvent.bestEpoch > 0

/** True where the engine keeps weights that can be evaluated now. */
export function canEvaluate(run: Run): boolean {
  void run.version.value
  const status = run.status.value
  if (status === 'paused') return run.lastStep !== null
  // A run that diverged still has its best weights, if an epoch was finished before.
  return status === 'finished' ? run.endEvent !== null : diverged(run)
}

/**
 * The evaluation of the current run, made anew whenever its weights changed while the panel is shown and the run is
 * paused or over.
 */
export function useEvaluation() {
  const runs = useRuns()
  const evaluation = shallowRef<Evaluation | null>(null)
  const problem = shallowRef<HelpPage | null>(null)
  const isBusy = shallowRef(false)
  const isShown = shallowRef(false)
  const moment = computed(() => (runs.current ? `${runs.current.id} ${momentOf(runs.current)}` : ''))

  async function refresh(): Promise<void> {
    const run = runs.current
    evaluation.value = run ? (known.get(run)?.evaluation ?? null) : null
    problem.value = null
    if (!run || !isShown.value || !canEvaluate(run) || known.get(run)?.moment === momentOf(run)) return
    const asked = momentOf(run)
    isBusy.value = true
    try {
      const answer = await engine.evaluateRun(run.id)
      known.set(run, { moment: asked, evaluation: answer })
      if (runs.current === run) evaluation.value = answer
    } catch (error) {
      if (runs.current === run) problem.value = toHelpPage(error)
    } finally {
      isBusy.value = false
    }
  }

  const show = (shown: boolean) => (): void => void (isShown.value = shown)
  onMounted(show(true))
  onActivated(show(true))
  onDeactivated(show(false))
  watch([moment, isShown], () => void refresh(), { immediate: true })
  return { evaluation, problem, isBusy }
}
