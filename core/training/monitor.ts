import { suggest } from '../catalog/suggest'
import type { TargetDescription } from '../data/prepared'
import { targetColumns, targetName } from '../data/target-parts'
import { LabError } from '../errors/lab-error'
import type { TrainingSettings } from '../experiment/schema'
import type { Better } from '../metrics/metric'
import { metricsFor } from '../metrics/score'

/**
 * What a training watches after each epoch, on the validation rows or, without any, on the training rows: by it the best
 * weights are known, patience runs out and a plateau is seen.
 */
export interface Monitor {
  /** `loss`, or the type of a metric. */
  readonly name: string
  readonly label: string
  readonly help: string
  readonly better: Better
}

const loss: Monitor = {
  name: 'loss',
  label: 'Loss',
  help: 'What training makes smaller. It moves with every change of the weights, so that it is seldom equal twice.',
  better: 'lower',
}

/** The loss, and every metric that fits the target. */
export const monitorsFor = (target: Pick<TargetDescription, 'type'>): readonly Monitor[] => [
  loss,
  ...metricsFor(target).map(({ type, label, help, better }) => ({ name: type, label, help, better })),
]

/** @throws LabError `monitor-target` for a name that is no metric, or one that does not fit the target */
export function resolveMonitor(
  { monitor: name = loss.name }: Pick<TrainingSettings, 'monitor'>,
  target: TargetDescription,
): Monitor {
  const fitting = monitorsFor(target)
  return fitting.find((monitor) => monitor.name === name) ?? refuse(name, fitting, target)
}

function refuse(name: string, fitting: readonly Monitor[], target: TargetDescription): never {
  const names = fitting.map((monitor) => monitor.name)
  const near = suggest(name, names)
  throw new LabError({
    code: 'monitor-target',
    expected: `something to watch that fits the target "${targetName(target)}": ${names.join(', ')}`,
    came: `"${name}"`,
    advice: near ? `Did you mean "${near}"?` : `Take ${loss.name}, or another of these.`,
    place: { path: 'training.monitor', column: targetColumns(target)[0]! },
  })
}
