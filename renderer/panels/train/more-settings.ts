import { takeSetting } from '../../../core/catalog/take-setting'
import { clipSchema, regularizationSchema, trainingSchema } from '../../../core/experiment/schema'
import type { ClipSettings, Experiment, RegularizationSettings } from '../../../core/experiment/schema'

/** Settings around the optimizer. Each is absent from the experiment, and so from its file, while it is off. */

const without: RegularizationSettings = { l1: 0, l2: 0, maxNorm: null }

export const regularizationOf = ({ regularization }: Experiment): RegularizationSettings => ({
  ...without,
  ...regularization,
})

export function setRegularization(draft: Experiment, change: Partial<RegularizationSettings>): void {
  const next = takeSetting(regularizationSchema, { ...regularizationOf(draft), ...change })
  if (next.l1 || next.l2 || next.maxNorm !== null) draft.regularization = next
  else delete draft.regularization
}

export function setClip(draft: Experiment, by: ClipSettings['by'] | 'off', limit = draft.clip?.limit): void {
  if (by === 'off') delete draft.clip
  else draft.clip = takeSetting(clipSchema, { by, limit })
}

/** One batch for each update is what happens anyway. */
export function setAccumulate(draft: Experiment, batches: number): void {
  const next = takeSetting(trainingSchema.shape.accumulate, batches)
  if (next === 1) delete draft.training.accumulate
  else draft.training.accumulate = next
}

/** How often something is measured: every so many epochs, or (null) as often as costs little. */
export function setEvery(
  draft: Experiment,
  name: 'metricsEvery' | 'statisticsEvery',
  epochs: number | null,
): void {
  if (epochs === null) delete draft.training[name]
  else draft.training[name] = takeSetting(trainingSchema.shape[name], epochs)
}

export function setAveraging(draft: Experiment, decay: number | null): void {
  if (decay === null) delete draft.training.averaging
  else draft.training.averaging = takeSetting(trainingSchema.shape.averaging, { decay })
}

export function setBalanced(draft: Experiment, balanced: boolean): void {
  if (balanced) draft.training.classWeights = 'balanced'
  else delete draft.training.classWeights
}

const clipWords: Readonly<Record<ClipSettings['by'], string>> = {
  value: 'clipped by value',
  norm: 'clipped by norm',
  layer: 'clipped by layer',
}

/** What is on, in few words: `L2, clipped by norm`; `all off` where nothing is. */
export function moreInWords(experiment: Experiment): string {
  const { l1, l2, maxNorm } = regularizationOf(experiment)
  const { clip, training } = experiment
  const words = [
    l1 > 0 && 'L1',
    l2 > 0 && 'L2',
    maxNorm !== null && 'max-norm',
    clip && clipWords[clip.by],
    training.accumulate && `${training.accumulate} batches an update`,
    training.averaging && 'averaged',
    training.classWeights && 'class weights',
    training.metricsEvery && `metrics every ${training.metricsEvery}`,
    training.statisticsEvery && `layers every ${training.statisticsEvery}`,
  ]
  return words.filter((word) => typeof word === 'string').join(', ') || 'all off'
}
