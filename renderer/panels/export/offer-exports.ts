import { onScopeDispose, watch } from 'vue'
import { lossCurves } from '../../../core/charts/loss-curves'
import { plainView } from '../../../core/charts/curves'
import { bindChart } from '../../../core/charts/run-charts'
import { exporters } from '../../../core/exports/registry'
import { pictureFormats } from '../../charts/picture'
import { historyOf } from '../../charts/run-history'
import { formatBytes, saveChart } from '../../charts/save-chart'
import type { SavedFile } from '../../charts/save-chart'
import { exportsOffered, onCommand } from '../../stores/commands'
import { useNotices } from '../../stores/notices'
import { useRuns } from '../../stores/runs'
import type { Run } from '../../stores/runs'
import { canEvaluate } from '../evaluate/use-evaluation'
import { rememberSaved } from './saved'
import { saveWeights } from './save-weights'

interface Offer {
  readonly id: string
  readonly label: string
  save(run: Run): Promise<SavedFile | null>
}

const lossChart = (run: Run) => {
  const { epochs, batches } = historyOf(run, false)
  return bindChart(lossCurves, { epochs, batches, view: plainView })
}

const offers: readonly Offer[] = [
  ...exporters.list.map((format) => ({
    id: `weights-${format.type}`,
    label: `Weights as ${format.label}…`,
    save: (run: Run) => saveWeights(run, format),
  })),
  ...pictureFormats.map((format) => ({
    id: `loss-${format.id}`,
    label: `Loss chart as ${format.label}…`,
    save: (run: Run) => saveChart(lossChart(run), format, run.at.experiment.name),
  })),
]

/** Fills File > Export while the current run has weights that can be saved. Call it in a component that stays. */
export function offerExports(): void {
  const runs = useRuns()
  const notices = useNotices()
  const save = (offer: Offer) => () =>
    notices.guard(async () => {
      const saved = runs.current && (await offer.save(runs.current))
      if (!saved) return
      rememberSaved(saved)
      notices.say(`Saved ${saved.path} (${formatBytes(saved.size)})`)
    })
  const stops = offers.map((offer) => onCommand(`export:${offer.id}`, save(offer)))
  watch(
    () => runs.current !== null && canEvaluate(runs.current),
    (possible) => void (exportsOffered.value = possible ? offers : []),
    { immediate: true },
  )
  onScopeDispose(() => {
    for (const stop of stops) stop()
    exportsOffered.value = []
  })
}
