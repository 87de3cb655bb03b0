import type { Program } from '../backends/backend'
import { Place } from '../backends/place'
import { scalarInput } from '../network/plans'
import type { BatchPlaces, BatchSource } from './batch'

/** A training program with its places looked up, as a step of a small network is shorter than looking them up. */
export interface StepProgram {
  readonly program: Program
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

/** @throws RangeError when the program lacks one of the inputs */
export function stepProgram(
  program: Program,
  source: BatchSource,
  { accumulates, scalars, averages }: StepProgramInputs,
): StepProgram {
  const input = (name: string): Place => Place.input(program, name)
  return {
    program,
    batch: source.placesOf(program),
    loss: Place.output(program, 'loss'),
    prediction: Place.output(program, 'prediction'),
    ...(accumulates && { accumulate: { keep: input('accumulate.keep'), share: input('accumulate.share') } }),
    scalars: Object.fromEntries(scalars.map((name) => [name, input(scalarInput(name))])),
    ...(averages && { averaging: input('averaging.keep') }),
  }
}
