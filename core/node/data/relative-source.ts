import { relative, resolve, sep } from 'node:path'
import { isSample, mapSource } from '../../data/source-list'
import type { Experiment } from '../../experiment/schema'
import type { ExperimentAt } from '../../protocol/contract'

/** The path of a file as it is written in an experiment of that folder: with forward slashes, so that it means the same on every system. */
export const writtenPath = (folder: string, file: string): string =>
  relative(folder, file).split(sep).join('/')

/** The same experiment for a file in another folder: its relative sources are written from there. */
export function moveExperiment({ experiment, folder }: ExperimentAt, to: string): Experiment {
  const move = (source: string) => (isSample(source) ? source : writtenPath(to, resolve(folder, source)))
  return { ...experiment, data: { ...experiment.data, source: mapSource(experiment.data.source, move) } }
}
