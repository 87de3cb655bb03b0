import type { Backend, Numbers, RunSeed, StateStore } from '../backends/backend'
import type { PreparedData } from '../data/prepared'
import type { Experiment } from '../experiment/schema'
import type { OptimizerChoice } from '../network/plans'
import type { ResolvedNetwork } from '../network/resolve'
import type { OptimizerKind } from '../optimizers/optimizer'
import type { Batch } from './batch'
import type { Mishap } from './diagnose'

export interface StepperOptions<K extends OptimizerKind = OptimizerKind> {
  readonly network: ResolvedNetwork
  readonly optimizer: OptimizerChoice<K>
  readonly experiment: Experiment
  readonly data: PreparedData
  readonly backend: Backend
  readonly store: StateStore
  /** How much each prepared row counts; left out, all alike. */
  readonly weights?: Float32Array
}

export interface StepRequest extends Batch {
  /** Batches so far with this one, from 1. */
  readonly step: number
  /** Updates so far with the one that this batch belongs to, from 1; left out, each batch makes one. */
  readonly update?: number
  /** The schedule's factor on the optimizer's rate. */
  readonly factor: number
}

export interface Step {
  readonly loss: number
  /** What the batch counts: its rows, or the sum of their weights. */
  readonly weight: number
  /** False where the gradient only joined those before it. */
  readonly updated: boolean
  readonly learningRate: number
  /** [count, units] after the link, from before the update; valid until the next step. */
  readonly predictions: Numbers
}

/** Takes the steps of a training, each on the rows that it is handed. */
export interface Stepper {
  /** Rows of a step; fewer only where an epoch's rows run out. */
  readonly batchSize: number
  /** True where each step is on all training rows, in the order of the split. */
  readonly wholeSplit: boolean
  /** Of the last step. */
  readonly learningRate: number
  /** About how long the last step took, in nanoseconds: counted, not timed. */
  readonly cost: number
  /** True once no better weights are to be found. */
  readonly converged: boolean
  step(request: StepRequest): Step
  /** What the random numbers of a step are made from. */
  seedOf(step: number): RunSeed
  /** What the last step met, for finding out why it failed. */
  last(): Omit<Mishap, 'network' | 'backend' | 'store'>
  /** Goes on with the work of another one, which had other settings. */
  follow(before: Stepper): void
  /** The last finite loss; null before the first. */
  readonly lossBefore: number | null
  /** Gives back what its programs hold. Not to be used after that. */
  release(): void
  /** What it remembers beside the store's buffers; null where that is nothing. */
  state(): Readonly<Record<string, Float64Array>> | null
  restore(state: Readonly<Record<string, Float64Array>>): void
}
