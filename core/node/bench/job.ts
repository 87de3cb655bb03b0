import { join } from 'node:path'
import { filesOf } from './workload-data'
import type { Workload } from './workloads'

/** What a contestant's program is told, as JSON: a workload, where its data is, and which trainings to time. */
export interface Job extends Omit<Workload, 'layers' | 'recipe' | 'title'> {
  /** Files of raw numbers. */
  readonly features: string
  readonly targets: string
  /** Whether something is trained first that is not timed. */
  readonly warm: boolean
  /** One training for each. */
  readonly seeds: readonly number[]
}

/** What it answers, as JSON on the last line of its output: one entry for each seed. */
export interface Answer {
  readonly version: string
  /** Of the training alone. */
  readonly seconds: readonly number[]
  /** Mean loss over all rows after the training. */
  readonly losses: readonly number[]
  /** Accuracy, or r² where the target is a number. */
  readonly scores: readonly number[]
  /** Bytes of the whole process. */
  readonly peakMemory: number
}

export function jobOf(
  { layers: _layers, recipe: _recipe, title: _title, ...workload }: Workload,
  folder: string,
  { warm, seeds }: Pick<Job, 'warm' | 'seeds'>,
): Job {
  const { features, targets } = filesOf(workload)
  return { ...workload, features: join(folder, features), targets: join(folder, targets), warm, seeds }
}
