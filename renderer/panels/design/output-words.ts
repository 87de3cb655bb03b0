import { targetColumns } from '../../../core/data/target-parts'
import type { TargetDescription } from '../../../core/data/prepared'
import type { LayerEntry } from '../../../core/experiment/schema'
import { losses } from '../../kinds'

const each = (target: TargetDescription): number => targetColumns(target).length

const widths: Readonly<Record<TargetDescription['type'], (target: TargetDescription) => string>> = {
  number: () => 'value',
  binary: () => 'probability',
  category: (target) => (target.type === 'category' ? `${target.classes.length} classes` : ''),
  numbers: (target) => `${each(target)} values`,
  labels: (target) => `${each(target)} probabilities`,
}

/** Where the output layer's width and link come from: `3 classes of species, softmax`. */
export function outputInWords(target: TargetDescription | null, loss: LayerEntry | null): string {
  if (!target) return 'width and link follow from the target'
  const link = loss && losses.has(loss.type) ? losses.get(loss.type).link : 'identity'
  const width = `${widths[target.type](target)} of ${targetColumns(target).join(', ')}`
  return link === 'identity' ? width : `${width}, ${link}`
}
