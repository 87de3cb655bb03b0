import type { Answer, Job } from './job'
import { lastObject, type RunProgram } from './run-program'

/** Seconds of trainings with one thread and with two, round by round; neither is pinned to one core. */
export interface TwoThreads {
  readonly one: readonly number[]
  readonly two: readonly number[]
}

export interface TwoThreadsOptions {
  readonly job: Job
  readonly rounds: number
  readonly backend: string
  readonly program: string
  /** Leaves programs all the computer's cores. */
  readonly run: RunProgram
}

/** A training whose steps are large enough to be shared out, with one thread and two in turn. */
export async function timeTwoThreads(options: TwoThreadsOptions): Promise<TwoThreads> {
  const { job, rounds, backend, program, run } = options
  const times = { one: [] as number[], two: [] as number[] }
  const words = [process.execPath, program, '--train', JSON.stringify(job), '--backends', backend]
  for (let round = 0; round < rounds; round++)
    for (const [threads, seconds] of [times.one, times.two].entries()) {
      const ended = await run({ words: [...words, '--threads', String(threads + 1)] })
      seconds.push(...lastObject<Answer>(ended).seconds)
    }
  return times
}
