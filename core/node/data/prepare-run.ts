import { prepareData } from '../../data/prepare'
import type { PreparedData } from '../../data/prepared'
import { placeInPart } from '../../data/table-parts'
import type { Experiment } from '../../experiment/schema'
import type { ExperimentAt } from '../../protocol/contract'
import type { ReadFile } from '../reader/formats/read-file'
import { openTable } from './open-table'
import { resolveExperiment } from './resolve-experiment'
import { allocateShared } from './shared-memory'

/** All that a run is made from. */
export interface RunMaterial {
  /** With nothing left open. */
  readonly experiment: Experiment
  /** In shared memory. */
  readonly data: PreparedData
  readonly read: ReadFile
}

/** Reads an experiment's table and makes it ready to train on. @throws LabError for data or settings that do not fit */
export async function prepareRun(at: ExperimentAt): Promise<RunMaterial> {
  return materialOf(at.experiment, await openTable(at))
}

/** The same for a table that is read already. */
export function materialOf(experiment: Experiment, read: ReadFile): RunMaterial {
  const data = placeInPart(read.table.parts, () => prepareData(read.table, experiment, allocateShared))
  return { experiment: resolveExperiment(experiment, read, data.preprocessing), data, read }
}
