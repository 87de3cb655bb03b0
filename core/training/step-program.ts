import type { Backend, Program, StateStore } from '../backends/backend'
import { Place } from '../backends/place'
import { planCost } from '../graph/cost'
import type { Plan } from '../graph/plan'
import { scalarInput } from '../network/plans'
import type { BatchPlaces, BatchSource } from './batch'

/** A training program with its places looked up, as a step of a small network is shorter than looking them up. */
export interface StepProgram {
  readonly program: Program
  /** Of a run, in counted nanoseconds. */
  readonly cost: number
  readonly batch: BatchPlaces
  readonly loss: Place
  readonly prediction: Place
  /** Where gradients of several batches make one update. */
  readonly accumulate?: { readonly keep: Place; readonly share: Place }
  /** The optimizer's numbers by name; none where the program makes no update. */
  readonly scalars: Readonly<Record<string, Place>>
  /** Where weights are averaged. */
  readonly averaging?: Place
}

export interface StepProgramInputs {
  readonly accumulates: boolean
  /** Names of the optimizer's numbers. */
  readonly scalars: readonly string[]
  readonly averages: boolean
}

/** What a step takes beside its plan's run, in counted nanoseconds. */
const PER_STEP = 800

/** @throws RangeError when the plan lacks one of the inputs, or the store one of its buffers */
export function stepProgram(
  plan: Plan,
  { backend, store }: { readonly backend: Backend; readonly store: StateStore },
  source: BatchSource,
  { accumulates, scalars, averages }: StepProgramInputs,
): StepProgram {
  const program = backend.load(plan, store)
  const input = (name: string): Place => Place.input(program, name)
  return {
    program,
    cost: PER_STEP + planCost(plan),
    batch: source.placesOf(program),
    loss: Place.output(program, 'loss'),
    prediction: Place.output(program, 'prediction'),
    ...(accumulates && { accumulate: { keep: input('accumulate.keep'), share: input('accumulate.share') } }),
    scalars: Object.fromEntries(scalars.map((name) => [name, input(scalarInput(name))])),
    ...(averages && { averaging: input('averaging.keep') }),
  }
}
