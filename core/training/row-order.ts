import type { PreparedData, TargetDescription } from '../data/prepared'
import { targetColumns, targetName } from '../data/target-parts'
import { LabError } from '../errors/lab-error'
import type { TrainingSettings } from '../experiment/schema'
import type { Random } from '../random/random'
import { balancedOrder } from './balanced-order'
import { classReader, numbersOrLabels } from './row-classes'

export type SamplingSettings = Pick<TrainingSettings, 'sampling' | 'shuffle'>

/**
 * Gives the training rows of an epoch (from 0) in the order in which they are trained on, as many as there are: a new one
 * for each epoch, that of the file, or one in which all classes come equally often. It depends on the seed and the epoch
 * alone.
 * @param random of the whole training
 * @throws LabError `sampling-target` where classes are to be balanced and the target has none
 */
export function rowOrder(
  { sampling, shuffle }: SamplingSettings,
  data: PreparedData,
  random: Random,
): (epoch: number) => Uint32Array {
  checkSampling({ sampling }, data.preprocessing.target)
  const { train } = data.splits
  const streams = random.split('order')
  if (sampling === 'balanced') {
    const groups = rowsByClass(data)
    return (epoch) => balancedOrder(groups, train.length, streams.split(epoch))
  }
  if (!shuffle) return () => train
  return (epoch) => {
    const order = streams.split(epoch).permutation(train.length)
    for (let i = 0; i < order.length; i++) order[i] = train[order[i]!]!
    return order
  }
}

/** The training rows of each class that has any. */
function rowsByClass(data: PreparedData): Uint32Array[] {
  const { target } = data.preprocessing
  const groups: number[][] = 'classes' in target ? target.classes.map(() => []) : []
  const classOf = classReader(data)
  for (const row of data.splits.train) groups[classOf(row)]!.push(row)
  return groups.filter((rows) => rows.length).map((rows) => Uint32Array.from(rows))
}

/** @throws LabError `sampling-target` */
export function checkSampling(
  { sampling }: Pick<SamplingSettings, 'sampling'>,
  target: TargetDescription,
): void {
  if (sampling !== 'balanced' || 'classes' in target) return
  throw new LabError({
    code: 'sampling-target',
    expected: 'one target of classes, as balanced sampling draws each class equally often',
    came: `${numbersOrLabels(target)}, "${targetName(target)}"`,
    advice: 'Set the sampling to "shuffle", or let one category be the target.',
    place: { path: 'training.sampling', column: targetColumns(target)[0]! },
  })
}
