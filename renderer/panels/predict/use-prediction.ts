import { computed, shallowReactive } from 'vue'
import type { AbsentColumns } from '../../../core/data/match-columns'
import { toHelpPage } from '../../../core/errors/lab-error'
import type { HelpPage } from '../../../core/errors/lab-error'
import type { FilePrediction } from '../../../core/protocol/contract'
import { desktop } from '../../desktop'
import { engine } from '../../engine'
import { fileNameFor, fileNameOf } from '../../paths'
import { useRuns } from '../../stores/runs'
import type { Run } from '../../stores/runs'
import type { SavedFile } from '../../charts/save-chart'

/** A file that a run was asked about, and what came of it. */
interface Asked {
  readonly file: string
  readonly answer: FilePrediction | null
  readonly problem: HelpPage | null
  readonly isBusy: boolean
}

/** Kept for each run, so that going from one panel or run to another loses nothing. */
const known = shallowReactive(new WeakMap<Run, Asked>())

/** Predictions of the current run for a file of the user's. */
export function usePrediction() {
  const runs = useRuns()
  const asked = computed(() => (runs.current ? (known.get(runs.current) ?? null) : null))

  async function predict(file: string, absent: AbsentColumns = 'refuse'): Promise<void> {
    const run = runs.current
    if (!run) return
    const question: Asked = { file, answer: null, problem: null, isBusy: true }
    known.set(run, question)
    const settle = (outcome: Partial<Asked>): void => {
      // A later question has taken its place.
      if (known.get(run) === question) known.set(run, { ...question, isBusy: false, ...outcome })
    }
    try {
      settle({ answer: await engine.predictFile(run.id, file, absent) })
    } catch (error) {
      settle({ problem: toHelpPage(error) })
    }
  }

  /** Asks where to and writes the table with its predictions there. @returns nothing when cancelled. @throws LabError */
  async function save(): Promise<SavedFile | null> {
    const run = runs.current
    const file = asked.value?.file
    if (!run || file === undefined) return null
    const name = fileNameFor(fileNameOf(file).replace(/\.[^.]+$/, ''), '-predicted.csv')
    const path = await desktop.saveFileDialog(name, [{ name: 'CSV table', extensions: ['csv'] }])
    if (path === null) return null
    const { bytes } = await engine.savePredictions(run.id, path)
    return { path, size: bytes }
  }
  return { asked, predict, save }
}
