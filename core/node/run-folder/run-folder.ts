import { join } from 'node:path'
import type { PreparedData, Preprocessing } from '../../data/prepared'
import type { Experiment } from '../../experiment/schema'
import type { StatisticsEvent } from '../../training/events'
import { writeExperiment } from '../../experiment/write'
import { writeAtomic } from '../files/write-atomic'
import { historyCsv } from './history-csv'
import { runFiles } from './layout'
import type { RunRecord } from './run-record'
import { splitsCsv } from './splits-csv'
import { statisticsLines } from './statistics-lines'

/** Writes the parts of a run folder; each file is whole or absent at every moment. */
export interface RunFolder {
  readonly path: string
  experiment(experiment: Experiment): void
  preprocessing(preprocessing: Preprocessing): void
  splits(data: Pick<PreparedData, 'splits' | 'fileRows'>): void
  record(record: RunRecord): void
  history(...history: Parameters<typeof historyCsv>): void
  statistics(events: readonly StatisticsEvent[]): void
  /** Bytes of a safetensors file. */
  weights(bytes: Uint8Array): void
  /** The best weights so far, and the bytes of a resume state. */
  checkpoint(best: Uint8Array, resume: Uint8Array): void
  /** `charts/<name>.svg` */
  chart(name: string, svg: string): void
}

/** A run folder at a place that `claimFolder` or `claimNextFolder` made ready. */
export function runFolder(path: string): RunFolder {
  const write = (name: string, content: string | Uint8Array): void => writeAtomic(join(path, name), content)
  const json = (name: string, value: unknown): void => write(name, `${JSON.stringify(value, null, 2)}\n`)
  return {
    path,
    experiment: (experiment) => write(runFiles.experiment, writeExperiment(experiment)),
    preprocessing: (preprocessing) => json(runFiles.preprocessing, preprocessing),
    splits: (data) => write(runFiles.splits, splitsCsv(data)),
    record: (record) => json(runFiles.record, record),
    history: (...history) => write(runFiles.history, historyCsv(...history)),
    statistics: (events) => write(runFiles.statistics, statisticsLines(events)),
    weights: (bytes) => write(runFiles.weights, bytes),
    checkpoint: (best, resume) => {
      write(runFiles.checkpoint, best)
      write(runFiles.resume, resume)
    },
    chart: (name, svg) => writeAtomic(join(path, runFiles.charts, `${name}.svg`), svg, { lasting: false }),
  }
}
