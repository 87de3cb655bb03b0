import { useExperiment } from '../stores/experiment'
import { useRuns } from '../stores/runs'
import type { Run } from '../stores/runs'
import { useSeries } from '../stores/series'
import type { Series } from '../stores/series'
import { statusWord } from './train/run-words'
import { finishedOf, wordOf } from './train/series/series-words'
import type { PanelName } from '../../electron/contract/menu'

export interface PanelStatus {
  /** A few words under the panel's name. */
  readonly text: string
  readonly mark: 'none' | 'done' | 'busy' | 'problem' | 'warning'
  /** How many problems, where the mark says so. */
  readonly count?: number
}

const count = (n: number): string => n.toLocaleString('en')
export const plural = (n: number, word: string): string => `${count(n)} ${word}${n === 1 ? '' : 's'}`

/** How each panel stands, in the words of its row in the rail. Reactive: call it inside a computed. */
export function panelStatus(name: PanelName): PanelStatus {
  return statuses[name]()
}

const statuses: Record<PanelName, () => PanelStatus> = {
  data: dataStatus,
  design: designStatus,
  train: trainStatus,
  evaluate: () => afterRun('on held-out rows', 'after training'),
  predict: () => afterRun('rows of a new file', 'after training'),
  export: () => afterRun('weights and charts', 'after training'),
}

function dataStatus(): PanelStatus {
  const lab = useExperiment()
  const problems = lab.problems.data.length
  if (problems) return { text: plural(problems, 'problem'), mark: 'problem', count: problems }
  if (lab.isReading || !lab.description) return { text: 'reading…', mark: 'busy' }
  const doubts = lab.findings.filter(({ accepted, severity }) => !accepted && severity !== 'note').length
  const rows = plural(lab.preview?.rowCount ?? 0, 'row')
  return doubts ? { text: rows, mark: 'warning', count: doubts } : { text: rows, mark: 'done' }
}

function designStatus(): PanelStatus {
  const lab = useExperiment()
  const problems = lab.problems.design.length
  if (problems) return { text: plural(problems, 'problem'), mark: 'problem', count: problems }
  const text = plural(lab.experiment?.network.length ?? 0, 'layer')
  return { text, mark: lab.network ? 'done' : 'none' }
}

function trainStatus(): PanelStatus {
  const series = useSeries().current
  if (series) return seriesStatus(series)
  const run = useRuns().current
  if (!run) return { text: 'not started', mark: 'none' }
  const status = run.status.value
  if (status === 'failed') return { text: statusWord(run), mark: 'problem', count: 1 }
  if (status === 'finished') return { text: statusWord(run), mark: 'done' }
  return { text: epochsOf(run), mark: status === 'running' ? 'busy' : 'none' }
}

function seriesStatus(series: Series): PanelStatus {
  const status = series.status.value
  if (status === 'failed') return { text: status, mark: 'problem', count: 1 }
  if (status !== 'running') return { text: status, mark: 'done' }
  return { text: `${wordOf(series.wish)}s ${finishedOf(series)}`, mark: 'busy' }
}

/** `epoch 34/200`; follows the run's events. */
export function epochsOf(run: Run): string {
  void run.version.value
  const done = run.epochs.at(-1)?.epoch ?? 0
  return `epoch ${count(done)}/${count(run.startEvent?.epochs ?? run.at.experiment.training.epochs)}`
}

function afterRun(ready: string, before: string): PanelStatus {
  const run = useRuns().current
  const hasWeights = run !== null && (void run.version.value, run.epochs.length > 0)
  return hasWeights ? { text: ready, mark: 'none' } : { text: before, mark: 'none' }
}
