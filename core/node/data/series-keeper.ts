import { LabError } from '../../errors/lab-error'
import type { ExperimentAt } from '../../protocol/contract'
import { seriesMember, type SeriesWish } from '../../training/series-kinds'
import type { PreparedRun, WorkerFunctions } from '../worker/worker-api'
import type { RunMaterial } from './prepare-run'
import { allocateShared } from './shared-memory'

/**
 * The tables of the series under way: each series is made from the table as it was at its start, whatever happens to the
 * file or to the experiment in the meantime.
 */
export function createSeriesKeeper(
  material: (at: ExperimentAt) => Promise<RunMaterial>,
): Pick<WorkerFunctions, 'openSeries' | 'prepareMember' | 'closeSeries'> {
  const open = new Map<string, { wish: SeriesWish; material: RunMaterial }>()
  const prepareMember = (id: string, number: number): PreparedRun => {
    const { wish, material: from } = open.get(id) ?? unknownSeries()
    return seriesMember(wish, { ...from, table: from.read.table }, number - 1, allocateShared)
  }
  return {
    openSeries: async (id, at, wish) => {
      open.set(id, { wish, material: await material(at) })
      try {
        return prepareMember(id, 1)
      } catch (error) {
        open.delete(id)
        throw error
      }
    },
    prepareMember,
    closeSeries: (id) => void open.delete(id),
  }
}

function unknownSeries(): never {
  throw new LabError({
    code: 'series-unknown',
    expected: 'a series whose table is open',
    came: 'one that this worker does not know: the worker that had read its table was lost',
    advice: 'What is finished stays. Start the series again.',
  })
}
