import type { PreparedData } from '../data/prepared'
import type { Experiment } from '../experiment/schema'
import type { OptimizerChoice } from '../network/plans'
import { resolveNetwork, type ResolvedNetwork } from '../network/resolve'
import { createSchedule, type Schedule } from '../schedules/create-schedule'
import { resolveOptimizer } from './resolve-optimizer'

/** What an experiment's settings stand for: a training works with it until the next change. */
export interface InForce {
  readonly experiment: Experiment
  readonly network: ResolvedNetwork
  readonly optimizer: OptimizerChoice
  readonly schedule: Schedule
}

/** @throws LabError when the network, the loss, the optimizer or the schedule does not fit. */
export function inForce(experiment: Experiment, { preprocessing }: PreparedData): InForce {
  const { target, width } = preprocessing
  const { network: layers, loss } = experiment
  const network = resolveNetwork({ layers, loss, inputs: width, target })
  return {
    experiment,
    network,
    optimizer: resolveOptimizer(experiment, network),
    schedule: createSchedule(experiment.schedule),
  }
}
