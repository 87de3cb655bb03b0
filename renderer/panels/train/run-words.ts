import type { EndReason } from '../../../core/training/events'
import type { Run } from '../../stores/runs'

const endings: Record<EndReason, string> = {
  completed: 'finished',
  'early-stopping': 'stopped early',
  stopped: 'stopped',
  'non-finite': 'diverged',
}

/** How a run stands, in a word or two. Reactive: it follows the run. */
export function statusWord(run: Run): string {
  void run.version.value
  const status = run.status.value
  const diverged = run.endEvent?.reason === 'non-finite'
  return run.endEvent && (status === 'finished' || diverged) ? endings[run.endEvent.reason] : status
}

const reasons: Record<EndReason, (run: Run) => string> = {
  completed: () => 'All epochs are done.',
  'early-stopping': (run) => {
    const patience = run.at.experiment.training.earlyStopping?.patience
    return `The validation loss did not improve for ${patience ?? 'some'} epochs.`
  },
  stopped: () => 'Stopped on request.',
  'non-finite': () => 'The loss was no number any more.',
}

/** Why a run ended and what it kept, in one or two sentences; nothing before its end. */
export function endingOf(run: Run): string {
  void run.version.value
  const { endEvent } = run
  if (!endEvent) return ''
  const keepsBest = run.at.experiment.training.keep === 'best' && endEvent.bestEpoch > 0
  const kept = keepsBest
    ? `Kept the weights of epoch ${endEvent.bestEpoch.toLocaleString('en')}, the best.`
    : 'Kept the last weights.'
  return `${reasons[endEvent.reason](run)} ${kept}`
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
