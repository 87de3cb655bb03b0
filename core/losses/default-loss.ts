import type { TargetDescription, TargetPart } from '../data/prepared'
import { partType } from '../data/target-parts'

const fitting: Readonly<Record<TargetPart['type'], string>> = {
  number: 'mean-squared-error',
  binary: 'binary-cross-entropy',
  category: 'softmax-cross-entropy',
}

/** The type of the loss that an experiment without one gets. */
export const defaultLoss = (target: Pick<TargetDescription, 'type'>): string => fitting[partType(target)]
