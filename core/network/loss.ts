import type { Config } from '../catalog/kind'
import type { TargetDescription } from '../data/prepared'
import { partType, targetColumns, targetName } from '../data/target-parts'
import { LabError } from '../errors/lab-error'
import type { LayerEntry } from '../experiment/schema'
import { defaultLoss } from '../losses/default-loss'
import type { LossKind } from '../losses/loss'
import { losses } from '../losses/registry'

const targetNames: Record<TargetDescription['type'], string> = {
  number: 'a number',
  binary: 'one of two classes',
  category: 'one of several classes',
  numbers: 'several numbers',
  labels: 'several yes/no labels',
}

/** The loss that an experiment asks for, or the one that fits the target. @throws LabError when it does not fit. */
export function resolveLoss(
  entry: LayerEntry | undefined,
  target: TargetDescription,
): { kind: LossKind; config: Config } {
  const { type, ...config } = losses.parse(entry ?? { type: defaultLoss(target) }, 'loss')
  const kind = losses.get(type)
  if (!kind.targets.includes(partType(target))) refuse(kind, target)
  return { kind, config }
}

function refuse(kind: LossKind, target: TargetDescription): never {
  const best = defaultLoss(target)
  const others = losses.list.filter(
    ({ type, targets }) => type !== best && targets.includes(partType(target)),
  )
  throw new LabError({
    code: 'loss-target',
    expected: `a loss for a target that is ${targetNames[target.type]}`,
    came: kind.type,
    advice: `Take ${best} (or one of ${others.map(({ type }) => type).join(', ')}), or make "${targetName(target)}" ${kind.targets.map((name) => targetNames[name]).join(' or ')}.`,
    place: { path: 'loss.type', column: targetColumns(target)[0]! },
  })
}
