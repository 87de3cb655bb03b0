import { relative, resolve, sep } from 'node:path'
import type { Experiment } from '../../experiment/schema'
import type { ExperimentAt } from '../../protocol/contract'
import { isSample } from '../reader/source'

/** The same experiment for a file in another folder: its relative source is written from there. */
export function moveExperiment({ experiment, folder }: ExperimentAt, to: string): Experiment {
  const { source } = experiment.data
  if (isSample(source)) return experiment
  // Forward slashes, so that the file means the same on every system.
  const moved = relative(to, resolve(folder, source)).split(sep).join('/')
  return { ...experiment, data: { ...experiment.data, source: moved } }
}
