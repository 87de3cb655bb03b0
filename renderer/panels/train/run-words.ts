import type { EndEvent, EndReason } from '../../../core/training/events'
import { metricLabel } from '../../charts/metric-words'
import type { ExperimentAt } from '../../../core/protocol/contract'
import type { Run } from '../../stores/runs'

/** How a training ended, in a word or two. */
export const endings: Record<EndReason, string> = {
  completed: 'finished',
  converged: 'converged',
  'early-stopping': 'stopped early',
  stopped: 'stopped',
  'non-finite': 'diverged',
}

/** What the experiment is called that something was trained for. */
export const experimentOf = ({ at }: { readonly at: ExperimentAt }): string =>
  at.experiment.name || 'Untitled'

/** `Run 3 · iris`: which of them, and of what. */
export const runLabel = (run: Pick<Run, 'title' | 'at'>): string => `${run.title} · ${experimentOf(run)}`

/** How a run stands, in a word or two. Reactive: it follows the run. */
export function statusWord(run: Run): string {
  void run.version.value
  const status = run.status.value
  const diverged = run.endEvent?.reason === 'non-finite'
  return run.endEvent && (status === 'finished' || diverged) ? endings[run.endEvent.reason] : status
}

/** `The validation loss`, `The training accuracy`: what the run watches. */
function watched({ startEvent }: Run): string {
  const name = metricLabel(startEvent?.monitor ?? 'loss')
  const rows = startEvent?.rows.validation === 0 ? 'training' : 'validation'
  return `The ${rows} ${name === 'Loss' ? 'loss' : name}`
}

const reasons: Record<EndReason, (run: Run) => string> = {
  completed: () => 'All epochs are done.',
  converged: () => 'No step makes the loss smaller any more.',
  'early-stopping': (run) => {
    const patience = run.at.experiment.training.earlyStopping?.patience
    return `${watched(run)} did not improve for ${patience ?? 'some'} epochs.`
  },
  stopped: () => 'Stopped on request.',
  'non-finite': () => 'The loss was no number any more.',
}

/** Why a run ended and what it kept, in one or two sentences; nothing before its end. */
export function endingOf(run: Run): string {
  void run.version.value
  const { endEvent } = run
  return endEvent ? `${reasons[endEvent.reason](run)} ${keptOf(run, endEvent)}` : ''
}

function keptOf({ at, isLost }: Run, { reason, bestEpoch }: EndEvent): string {
  if (isLost) return 'Its weights are lost.'
  // Broken weights are never kept, whatever the experiment says.
  const diverged = reason === 'non-finite'
  if (bestEpoch > 0 && (diverged || at.experiment.training.keep === 'best'))
    return `Kept the weights of epoch ${bestEpoch.toLocaleString('en')}, the best.`
  return diverged ? 'No epoch was finished before.' : 'Kept the last weights.'
}

export type StatusTone = 'neutral' | 'accent' | 'danger' | 'warning' | 'success'

/** The colour that goes with the word. */
export function statusTone(run: Run): StatusTone {
  const status = run.status.value
  if (status === 'failed') return 'danger'
  if (status === 'running') return 'accent'
  if (status === 'paused') return 'warning'
  return run.endEvent?.reason === 'non-finite' ? 'danger' : 'success'
}
