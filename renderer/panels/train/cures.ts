import type { Experiment } from '../../../core/experiment/schema'
import { optimizers } from '../../kinds'

/** A change to the experiment that may keep the loss finite; made with one click, and undone like any other. */
export interface Cure {
  readonly id: string
  readonly label: string
  /** Name of the step of undo. */
  readonly change: string
  apply(draft: Experiment): void
}

const rateOf = (experiment: Experiment): number | null => {
  // A file may leave it to the optimizer's own default.
  const { learningRate: rate } = optimizers.parse(experiment.optimizer)
  return typeof rate === 'number' ? rate : null
}

function smallerRate(experiment: Experiment): Cure[] {
  const rate = rateOf(experiment)
  if (rate === null) return []
  const next = Number((rate / 10).toPrecision(6))
  return [
    {
      id: 'smaller-rate',
      label: `Learning rate ÷ 10 (${rate} → ${next})`,
      change: 'divide the learning rate by 10',
      apply: (draft) => void (draft.optimizer = { ...draft.optimizer, learningRate: next }),
    },
  ]
}

function scaledFeatures(experiment: Experiment): Cure[] {
  const raw = Object.entries(experiment.data.columns).filter(
    ([, column]) => column.role !== 'ignore' && column.scale === 'none',
  )
  if (!raw.length) return []
  const names = raw.map(([name]) => name)
  return [
    {
      id: 'scale-features',
      label: names.length === 1 ? `Scale column “${names[0]}”` : `Scale ${names.length} unscaled columns`,
      change: 'scale all columns',
      apply: (draft) => {
        for (const name of names)
          draft.data.columns[name] = { ...draft.data.columns[name], scale: 'standard' }
      },
    },
  ]
}

function adaptiveSteps(experiment: Experiment): Cure[] {
  const { type } = experiment.optimizer
  if (type !== 'sgd') return []
  return [
    {
      id: 'take-adam',
      label: 'Take Adam instead',
      change: 'take Adam',
      apply: (draft) => void (draft.optimizer = { type: 'adam' }),
    },
  ]
}

/** What can be done about a loss that is no number any more, the likeliest first. */
export const curesFor = (experiment: Experiment): Cure[] =>
  [smallerRate, adaptiveSteps, scaledFeatures].flatMap((cure) => cure(experiment))
