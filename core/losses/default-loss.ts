import type { TargetDescription } from '../data/prepared'

const fitting: Readonly<Record<TargetDescription['type'], string>> = {
  number: 'mean-squared-error',
  binary: 'binary-cross-entropy',
  category: 'softmax-cross-entropy',
}

/** The type of the loss that an experiment without one gets. */
export const defaultLoss = (target: Pick<TargetDescription, 'type'>): string => fitting[target.type]
