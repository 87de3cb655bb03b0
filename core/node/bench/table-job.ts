import { prepareData } from '../../data/prepare'
import { parseExperiment } from '../../experiment/read'
import { allocateShared } from '../data/shared-memory'
import { readFile } from '../reader/formats/read-file'

/** What a program says of reading a table; the first reading, which is cold, is told apart. */
export interface TableAnswer {
  readonly first: number
  readonly seconds: readonly number[]
  /** The most memory that the program had taken after the first reading. */
  readonly peakMiB: number
  readonly rows: number
}

/**
 * From a CSV file to data that is ready to train on: typed, missing cells filled, numbers scaled, categories as codes that
 * batches spread out; rows dealt out to training, validation and test.
 */
export async function readTableJob(file: string, runs: number, clock: () => number): Promise<TableAnswer> {
  const seconds: number[] = []
  let [peakMiB, rows] = [0, 0]
  for (let run = 0; run <= runs; run++) {
    const from = clock()
    const { table } = await readFile(file, { types: { city: 'category' } })
    rows = prepareData(table, experimentOn(file), allocateShared).features.rows
    seconds.push(clock() - from)
    if (run === 0) peakMiB = process.resourceUsage().maxRSS / 1024
  }
  const [first = NaN, ...rest] = seconds
  return { first, seconds: rest, peakMiB, rows }
}

const experimentOn = (source: string) =>
  parseExperiment({
    nabla: 1,
    data: {
      source,
      columns: { f7: { role: 'target', type: 'number' }, city: { type: 'category' } },
      split: { strategy: 'random' },
    },
    network: [{ type: 'output' }],
  })
