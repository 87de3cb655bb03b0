import { suggest } from '../catalog/suggest'
import type { PreparedData } from '../data/prepared'
import { LabError } from '../errors/lab-error'
import type { TrainingSettings } from '../experiment/schema'
import { classReader } from './row-classes'

/**
 * How much each prepared row counts in the loss: its own weight times its class's. Nothing where all count alike.
 * @throws LabError `class-weights` for a target without classes, or a class that it does not have
 */
export function rowWeights(
  { classWeights }: Pick<TrainingSettings, 'classWeights'>,
  data: PreparedData,
): Float32Array | undefined {
  const own = data.weights?.values
  if (!classWeights) return own
  const byClass = classWeights === 'balanced' ? balanced(data) : toldWeights(classWeights, data)
  const classOf = classReader(data)
  return Float32Array.from(
    { length: data.targets.rows },
    (_, row) => (own?.[row] ?? 1) * byClass[classOf(row)]!,
  )
}

/** n / (classes · n_k) over the training rows, as scikit-learn's `balanced`: every class has the same weight in all. */
function balanced(data: PreparedData): number[] {
  const counts = classesOf(data).map(() => 0)
  const classOf = classReader(data)
  const { train } = data.splits
  for (const row of train) counts[classOf(row)]!++
  return counts.map((count) => (count ? train.length / (counts.length * count) : 1))
}

function toldWeights(told: Readonly<Record<string, number>>, data: PreparedData): number[] {
  const classes = classesOf(data)
  const stranger = Object.keys(told).find((name) => !classes.includes(name))
  if (stranger !== undefined) refuseClass(stranger, classes)
  return classes.map((name) => told[name] ?? 1)
}

function classesOf({ preprocessing: { target } }: PreparedData): readonly string[] {
  if (target.type !== 'number') return target.classes
  throw new LabError({
    code: 'class-weights',
    expected: 'a target of classes',
    came: `a number, "${target.column}"`,
    advice: 'Remove the class weights, or give a column the role weight.',
    place: { path: 'training.classWeights', column: target.column },
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
