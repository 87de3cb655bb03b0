import type { Backend } from '../../backends/backend'
import type { PreparedData } from '../../data/prepared'
import type { Experiment } from '../../experiment/schema'
import { productFlops } from '../../graph/cost'
import { initialState, stateBuffers, writeState } from '../../network/network-state'
import { trainingPlan, updateBuffers } from '../../network/plans'
import { resolveNetwork } from '../../network/resolve'
import { optimizers, updateOptimizers } from '../../optimizers/registry'
import { createRandom } from '../../random/create-random'
import { createStepper } from '../../training/create-stepper'
import { updateSettings } from '../../training/update-settings'

export interface MeasureOptions {
  readonly experiment: Experiment
  readonly data: PreparedData
  readonly backend: Backend
  /** Timed runs, after one that is not counted. */
  readonly runs: number
  /** Least seconds of each run. */
  readonly seconds: number
  /** Seconds from any start. */
  readonly clock: () => number
}

export interface Measurement {
  readonly rows: number
  readonly batchSize: number
  readonly parameters: number
  /** Floating-point operations of one step's products. */
  readonly stepFlops: number
  readonly stepsPerRun: number
  /** Seconds of one step in each run. */
  readonly stepSeconds: readonly number[]
  readonly median: {
    readonly stepSeconds: number
    readonly samplesPerSecond: number
    readonly gigaflops: number
  }
  /** (slowest - fastest) / median of the runs. */
  readonly spread: number
}

/** Times training steps alone: forward, backward and update, with the gathering of rows; no evaluation, no files. */
export function measureTraining(options: MeasureOptions): Measurement {
  const { clock, seconds, runs } = options
  const { stepper, step, plan, parameters } = prepare(options)
  const timed = (steps: number): number => {
    const from = clock()
    for (let i = 0; i < steps; i++) step()
    return clock() - from
  }
  const steps = stepsFor(seconds, timed)
  const stepSeconds = Array.from({ length: runs }, () => timed(steps) / steps)
  const middle = median(stepSeconds)
  const flops = productFlops(plan)
  return {
    rows: options.data.splits.train.length,
    batchSize: stepper.batchSize,
    parameters,
    stepFlops: flops,
    stepsPerRun: steps,
    stepSeconds,
    median: {
      stepSeconds: middle,
      samplesPerSecond: stepper.batchSize / middle,
      gigaflops: flops / middle / 1e9,
    },
    spread: (Math.max(...stepSeconds) - Math.min(...stepSeconds)) / middle,
  }
}

/** Doubles the steps until a run is long enough; this also warms everything up. */
function stepsFor(seconds: number, timed: (steps: number) => number): number {
  for (let steps = 8; ; steps *= 2) {
    const taken = timed(steps)
    if (taken >= seconds / 2) return Math.max(1, Math.ceil((steps * seconds) / taken))
  }
}

function prepare({ experiment, data, backend }: MeasureOptions) {
  const { target, width } = data.preprocessing
  const network = resolveNetwork({
    layers: experiment.network,
    loss: experiment.loss,
    inputs: width,
    target,
  })
  const { type, ...config } = optimizers.parse(experiment.optimizer, 'optimizer')
  const kind = updateOptimizers.find((candidate) => candidate.type === type)
  if (!kind) throw new TypeError(`${type} makes no update from a batch`)
  const optimizer = { kind, config }
  const store = backend.createStore({
    ...stateBuffers(network),
    ...updateBuffers(network, optimizer, updateSettings(experiment, undefined)),
  })
  const random = createRandom(experiment.training.seed)
  writeState(store, initialState(network, random.split('parameters')))
  const stepper = createStepper({ network, optimizer, experiment, data, backend, store }, random.split('steps'))
  const rows = data.splits.train
  const count = stepper.batchSize
  let done = 0
  let from = 0
  return {
    stepper,
    parameters: network.layout.size,
    plan: trainingPlan(network, optimizer, count),
    step: () => {
      if (from + count > rows.length) from = 0
      stepper.step({ rows, from, count, step: ++done, factor: 1 })
      from += count
    },
  }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const half = Math.floor(sorted.length / 2)
  return sorted.length % 2 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2
}
