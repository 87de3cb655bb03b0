import { dirname } from 'node:path'
import { chooseBackend } from '../backend'
import { version } from '../version'
import type { Answer, Job } from './job'
import { prepareSteps, type TrainingToTime } from '../../training/steps'
import { preparedOf, readData } from './workload-data'
import { experimentOf, workloads } from './workloads'

/** Data and network of a job, made ready to train. */
export function materialOfJob(job: Job): Omit<TrainingToTime, 'backend'> {
  const workload = workloads.find(({ id }) => id === job.id)!
  return {
    experiment: experimentOf(workload),
    data: preparedOf(workload, readData(dirname(job.features), workload)),
  }
}

/** Trains a job as peers do: shuffled batches, forward, backward, update, and nothing around them. */
export function trainJob(job: Job, backend: string, clock: () => number): Answer {
  const material = materialOfJob(job)
  const { create } = chooseBackend(backend, 1, { ...material, clock })
  const steps = prepareSteps({ ...material, backend: create() })
  const train = (): void => {
    for (let epoch = 0; epoch < job.epochs; epoch++) steps.epoch()
  }
  if (job.warm) train()
  const answer = { seconds: [] as number[], losses: [] as number[], scores: [] as number[] }
  for (const seed of job.seeds) {
    steps.begin(seed)
    const from = clock()
    train()
    answer.seconds.push(clock() - from)
    const values = steps.score()
    answer.losses.push(values.loss ?? NaN)
    answer.scores.push(values.accuracy ?? values.r2 ?? NaN)
  }
  return { version, ...answer, peakMemory: process.resourceUsage().maxRSS * 1024 }
}
