import { resolve } from 'node:path'
import { typesForPrediction } from '../../data/apply'
import { writeCsv } from '../../data/csv/write-csv'
import type { Prediction } from '../../data/prediction'
import type { TargetDescription, TargetPart } from '../../data/prepared'
import type { PredictedKind } from '../../protocol/contract'
import type { TrainedModel } from '../../exports/export'
import type { CsvSettings } from '../../experiment/schema'
import { readWritten } from '../reader/written-cells'

/** The table as it stands in its file, with what the network says beside each row. */
export interface PredictedTable {
  /** Columns of the file, then those of the predictions. */
  readonly header: readonly string[]
  /** How many of the columns stand in the file. */
  readonly own: number
  /** What each of the other columns holds. */
  readonly made: readonly PredictedKind[]
  readonly rowCount: number
  /** All cells of one row, from 0. */
  readonly row: (row: number) => string[]
  readonly csv: CsvSettings
}

/** Reads the file again, as text: its cells go into the answer as they were written. */
export async function predictedTable(
  { experiment, preprocessing }: TrainedModel,
  { source, folder }: { readonly source: string; readonly folder: string },
  predictions: readonly (readonly Prediction[])[],
): Promise<PredictedTable> {
  const { missing } = experiment.data.csv
  const { names, cell, csv } = await readWritten(
    resolve(folder, source),
    { missing },
    typesForPrediction(preprocessing),
  )
  const several = 'parts' in preprocessing.target
  const made = columnsOf(preprocessing.target)
  const number = (value: number): string => digits(value).replace('.', csv.decimal ?? '.')
  return {
    header: [
      ...names,
      ...freeNames(
        made.map(({ name }) => name),
        names,
      ),
    ],
    own: names.length,
    made: made.map(({ kind }) => kind),
    rowCount: predictions.length,
    row: (row) => [
      ...names.map((_, column) => cell(row, column)),
      ...predictions[row]!.flatMap((prediction) => cellsOf(prediction, several)).map((made) =>
        typeof made === 'number' ? number(made) : made,
      ),
    ],
    csv,
  }
}

/** As the file itself is written: same delimiter, same quote, same decimal mark; what is no CSV becomes one with commas. */
export function predictedCsv({ header, row, rowCount, csv }: PredictedTable): string {
  function* records(): Generator<readonly string[]> {
    yield header
    for (let i = 0; i < rowCount; i++) yield row(i)
  }
  const { delimiter = ',', quote = '"' } = csv
  return writeCsv(records(), { delimiter, quote })
}

/** Of one of several labels the probability of its second class says all. */
const cellsOf = (prediction: Prediction, several: boolean): readonly (string | number)[] =>
  prediction.type === 'number'
    ? [prediction.value]
    : [prediction.label, ...prediction.probabilities.slice(several ? 1 : 0)]

/** float32 has seven digits that mean something. */
const digits = (value: number): string => String(Number(value.toPrecision(7)))

interface Made {
  readonly name: string
  readonly kind: PredictedKind
}

/** The columns that are made, in order. */
function columnsOf(target: TargetDescription): Made[] {
  if ('parts' in target)
    return target.parts.flatMap((part): Made[] => [
      predictionOf(part, `prediction ${part.column}`),
      ...(part.type === 'number' ? [] : [probability(`${part.column} = ${part.classes[1]}`)]),
    ])
  const { type } = target
  return [predictionOf(target, 'prediction'), ...(type === 'number' ? [] : target.classes.map(probability))]
}

const predictionOf = ({ type }: TargetPart, name: string): Made => ({
  name,
  kind: type === 'number' ? 'number' : 'class',
})

const probability = (what: string): Made => ({ name: `probability ${what}`, kind: 'probability' })

/** The names, with a number behind those that the table has already. */
function freeNames(names: readonly string[], taken: readonly string[]): string[] {
  return names.map((name) => {
    let free = name
    for (let copy = 2; taken.includes(free); copy++) free = `${name} ${copy}`
    return free
  })
}
