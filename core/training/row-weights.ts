import { suggest } from '../catalog/suggest'
import type { PreparedData, TargetDescription } from '../data/prepared'
import { targetColumns, targetName } from '../data/target-parts'
import { LabError } from '../errors/lab-error'
import type { TrainingSettings } from '../experiment/schema'
import { classReader, numbersOrLabels } from './row-classes'

/**
 * How much each prepared row counts in the loss: its own weight times its class's. Nothing where all count alike.
 * @throws LabError `class-weights` for a target without classes, or a class that it does not have
 */
export function rowWeights(
  { classWeights }: Pick<TrainingSettings, 'classWeights'>,
  data: PreparedData,
): Float32Array | undefined {
  const own = data.weights?.values
  const byName = classWeightsOf({ classWeights }, data)
  if (!byName) return own
  const byClass = [...byName.values()]
  const classOf = classReader(data)
  return Float32Array.from(
    { length: data.targets.rows },
    (_, row) => (own?.[row] ?? 1) * byClass[classOf(row)]!,
  )
}

/**
 * The weight of each class in the loss, in the order of the classes; nothing where all count alike.
 * @throws LabError as `rowWeights`
 */
export function classWeightsOf(
  { classWeights: told }: Pick<TrainingSettings, 'classWeights'>,
  data: PreparedData,
): ReadonlyMap<string, number> | undefined {
  if (!told) return undefined
  const { target } = data.preprocessing
  checkClassWeights({ classWeights: told }, target)
  const classes = 'classes' in target ? target.classes : []
  const weights =
    told === 'balanced' ? balanced(classes.length, data) : classes.map((name) => told[name] ?? 1)
  return new Map(classes.map((name, i) => [name, weights[i]!]))
}

/** n / (classes · n_k) over the training rows, as scikit-learn's `balanced`: every class has the same weight in all. */
function balanced(classes: number, data: PreparedData): number[] {
  const counts = new Array<number>(classes).fill(0)
  const classOf = classReader(data)
  const { train } = data.splits
  for (const row of train) counts[classOf(row)]!++
  return counts.map((count) => (count ? train.length / (classes * count) : 1))
}

/** @throws LabError `class-weights` for a target without classes, or a class that it does not have */
export function checkClassWeights(
  { classWeights: told }: Pick<TrainingSettings, 'classWeights'>,
  target: TargetDescription,
): void {
  if (!told) return
  if (!('classes' in target)) return refuseNumber(target)
  const { classes } = target
  const stranger = Object.keys(told === 'balanced' ? {} : told).find((name) => !classes.includes(name))
  if (stranger !== undefined) refuseClass(stranger, classes)
}

function refuseNumber(target: TargetDescription): never {
  throw new LabError({
    code: 'class-weights',
    expected: 'one target of classes',
    came: `${numbersOrLabels(target)}, "${targetName(target)}"`,
    advice: 'Remove the class weights, or give a column the role weight.',
    place: { path: 'training.classWeights', column: targetColumns(target)[0]! },
  })
}

function refuseClass(name: string, classes: readonly string[]): never {
  const near = suggest(name, classes)
  throw new LabError({
    code: 'class-weights',
    expected: `one of the classes ${classes.join(', ')}`,
    came: `"${name}"`,
    advice: near ? `Did you mean "${near}"?` : `Remove "${name}".`,
    place: { path: `training.classWeights.${name}` },
  })
}
