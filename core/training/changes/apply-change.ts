import { suggest } from '../../catalog/suggest'
import { LabError } from '../../errors/lab-error'
import type { ChangeSettings, Experiment, LayerEntry } from '../../experiment/schema'
import { completeEntry, replaced } from '../../network/complete-entry'
import { isFullBatch } from '../../optimizers/optimizer'
import { optimizers } from '../../optimizers/registry'
import { schedules } from '../../schedules/registry'
import { changeableSettings } from './changeable'

/**
 * The experiment as it is after a change.
 * @param path of the change's settings, for errors
 * @throws LabError when a setting is not there to be changed, or its value does not fit
 */
export function applyChange(experiment: Experiment, set: ChangeSettings, path: string): Experiment {
  const { learningRate, batchSize, schedule, layers } = set
  if (batchSize !== undefined) checkBatches(experiment, path)
  const { optimizer, training } = experiment
  return {
    ...experiment,
    ...(learningRate !== undefined && { optimizer: optimizers.parse({ ...optimizer, learningRate }, path) }),
    ...(batchSize !== undefined && { training: { ...training, batchSize } }),
    ...(schedule && { schedule: schedules.parse(schedule, `${path}.schedule`) }),
    ...(layers && { network: withLayers(experiment.network, layers, `${path}.layers`) }),
  }
}

/** @throws LabError `change-setting` for an optimizer that takes all rows at once */
function checkBatches({ optimizer }: Experiment, path: string): void {
  const kind = optimizers.get(optimizer.type, 'optimizer.type')
  if (!isFullBatch(kind)) return
  throw new LabError({
    code: 'change-setting',
    expected: `no change of the batch size: ${kind.label} takes all training rows in each step`,
    came: 'one',
    advice: 'Remove "batchSize" from the change.',
    place: { path: `${path}.batchSize` },
  })
}

function withLayers(
  network: readonly LayerEntry[],
  values: Readonly<Record<string, number>>,
  path: string,
): LayerEntry[] {
  const known = changeableSettings(network).map((setting) => setting.path)
  const stranger = Object.keys(values).find((name) => !known.includes(name))
  if (stranger !== undefined) refuse(stranger, known, path)
  const changed = Object.entries(values).reduce<unknown>(
    (stack, [name, value]) => replaced(stack, name.split('.').slice(1), value),
    network,
  ) as LayerEntry[]
  changed.forEach((entry, index) => completeEntry(entry, `network.${index}`))
  return changed
}

function refuse(name: string, known: readonly string[], path: string): never {
  const near = suggest(name, known)
  throw new LabError({
    code: 'change-setting',
    expected: known.length
      ? `a layer's setting that may change while it trains: ${known.join(', ')}`
      : "no layers' settings, as no layer has one that may change while it trains",
    came: `"${name}"`,
    advice: near ? `Did you mean "${near}"?` : `Remove "${name}".`,
    place: { path: `${path}.${name}` },
  })
}
