import { resolve } from 'node:path'
import { allRows } from '../../../data/apply'
import { decodePrediction, type Prediction } from '../../../data/prediction'
import type { TargetDescription } from '../../../data/prepared'
import { writeCsv } from '../../../data/csv/write-csv'
import { createInference } from '../../../training/inference'
import { createTrainingBackend } from '../../backend'
import { encodeFile } from '../../data/encode-file'
import { writeAtomic } from '../../files/write-atomic'
import { readWritten } from '../../reader/written-cells'
import { openRun, type OpenRun } from '../../run-folder/open-run'
import { exitCodes, type CliCommand } from '../command'
import type { CliContext } from '../context'
import { inFolder } from '../in-folder'
import { plural } from '../words'

/** `nabla predict RUN DATA.csv`: the table again, with what the network says of each row. */
export const predict: CliCommand = {
  declare: (program) =>
    program
      .command('predict')
      .description('add predictions and class probabilities to the rows of a table')
      .argument('<run>', 'a run folder')
      .argument('<data>', 'a file with the same feature columns: CSV, JSON or Parquet')
      .option('-o, --output <file>', 'the CSV file to write (default: standard output)'),
  run: async (context, [path = '', data = ''], options) => {
    const run = openRun(inFolder(context, path))
    const file = resolve(context.folder, data)
    const predictions = await predictRows(context, run, file)
    const output = options.output as string | undefined
    predictions.forEach((prediction, row) =>
      context.record({ type: 'prediction', row: row + 1, ...shown(prediction) }),
    )
    if (output === undefined && context.json) return exitCodes.success
    const text = await tableText(run, file, predictions)
    if (output === undefined) context.terminal.out(text)
    else {
      writeAtomic(inFolder(context, output), text)
      context.say(`Wrote ${plural(predictions.length, 'row')} with predictions to ${output}`)
      context.record({ type: 'file', file: inFolder(context, output) })
    }
    return exitCodes.success
  },
}

async function predictRows(context: CliContext, { model }: OpenRun, file: string): Promise<Prediction[]> {
  const { data, unseen } = await encodeFile(model, file, context.folder, 'without-target')
  if (unseen) context.note(`${plural(unseen, 'cell')} with a category that training never saw.`)
  const rows = allRows(data.features.rows)
  const splits = { ...data.splits, test: rows }
  const made = createInference(model, { ...data, splits }, createTrainingBackend()).run(rows).predictions
  const { width } = data.targets
  return Array.from(rows, (row) =>
    decodePrediction(model.preprocessing.target, made.subarray(row * width, (row + 1) * width)),
  )
}

const shown = (prediction: Prediction): object =>
  prediction.type === 'number'
    ? { prediction: prediction.value }
    : { prediction: prediction.label, probabilities: prediction.probabilities }

/** Written as the file itself is: same delimiter, same decimal mark; what is no CSV becomes one with commas. */
async function tableText(
  { model }: OpenRun,
  file: string,
  predictions: readonly Prediction[],
): Promise<string> {
  const { names, cell, csv } = await readWritten(file, { missing: model.experiment.data.csv.missing })
  const { delimiter = ',', quote = '"', decimal = '.' } = csv
  const number = (value: number): string => digits(value).replace('.', decimal)
  const header = [...names]
  header.push(...freeNames(namesOf(model.preprocessing.target), header))
  const body = predictions.map((prediction, row) => [
    ...names.map((_, column) => cell(row, column)),
    ...(prediction.type === 'number'
      ? [number(prediction.value)]
      : [prediction.label, ...prediction.probabilities.map(number)]),
  ])
  return writeCsv([header, ...body], { delimiter, quote })
}

/** float32 has seven digits that mean something. */
const digits = (value: number): string => String(Number(value.toPrecision(7)))

const namesOf = (target: TargetDescription): string[] =>
  target.type === 'number'
    ? ['prediction']
    : ['prediction', ...target.classes.map((label) => `probability ${label}`)]

/** The names, with a number behind those that the table has already. */
function freeNames(names: readonly string[], taken: readonly string[]): string[] {
  return names.map((name) => {
    let free = name
    for (let copy = 2; taken.includes(free); copy++) free = `${name} ${copy}`
    return free
  })
}
