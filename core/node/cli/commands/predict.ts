import { openRun } from '../../run-folder/open-run'
import type { Prediction } from '../../../data/prediction'
import type { TargetDescription } from '../../../data/prepared'
import { createTrainingBackend } from '../../backend'
import { writeAtomic } from '../../files/write-atomic'
import { predictFile } from '../../predict/predict-file'
import { predictedCsv, predictedTable } from '../../predict/predicted-table'
import { exitCodes, type CliCommand } from '../command'
import { inFolder } from '../in-folder'
import { historyNotes, matchNotes, unseenNotes } from '../match-notes'
import { plural } from '../words'

/** `nabla predict RUN DATA.csv`: the table again, with what the network says of each row. */
export const predict: CliCommand = {
  declare: (program) =>
    program
      .command('predict')
      .description('add predictions and class probabilities to the rows of a table')
      .argument('<run>', 'a run folder')
      .argument('<data>', 'a file with the same feature columns, in any order: CSV, JSON or Parquet')
      .option('-o, --output <file>', 'the CSV file to write (default: standard output)')
      .option('--empty-columns', 'let columns that the table lacks count as empty'),
  run: async (context, [path = '', data = ''], options) => {
    const { model } = openRun(inFolder(context, path))
    const place = { source: data, folder: context.folder }
    const absent = options.emptyColumns ? ('empty' as const) : ('refuse' as const)
    const backend = createTrainingBackend()
    const predicted = await predictFile(model, { ...place, absent, backend })
    const { match, unseen, missingHistory, predictions } = predicted
    const notes = [...matchNotes(match), ...unseenNotes(unseen), ...historyNotes(missingHistory)]
    notes.forEach(context.note)
    context.record({ type: 'match', ...match, unseen, missingHistory })
    predictions.forEach((prediction, row) =>
      context.record({ type: 'prediction', row: row + 1, ...shown(model.preprocessing.target, prediction) }),
    )
    const output = options.output as string | undefined
    if (output === undefined && context.json) return exitCodes.success
    const text = predictedCsv(await predictedTable(model, place, predictions))
    if (output === undefined) context.terminal.out(text)
    else {
      writeAtomic(inFolder(context, output), text)
      context.say(`Wrote ${plural(predictions.length, 'row')} with predictions to ${output}`)
      context.record({ type: 'file', file: inFolder(context, output) })
    }
    return exitCodes.success
  },
}

/** Of several columns by their names. */
function shown(target: TargetDescription, predictions: readonly Prediction[]): object {
  if (!('parts' in target)) return shownOne(predictions[0]!)
  const byName = target.parts.map(({ column }, i) => [column, shownOne(predictions[i]!)] as const)
  return { predictions: Object.fromEntries(byName) }
}

const shownOne = (prediction: Prediction): object =>
  prediction.type === 'number'
    ? { prediction: prediction.value }
    : { prediction: prediction.label, probabilities: prediction.probabilities }
