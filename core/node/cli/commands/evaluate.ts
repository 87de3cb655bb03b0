import { describeTarget } from '../../../data/describe-target'
import { LabError } from '../../../errors/lab-error'
import { allRows } from '../../../data/apply'
import { splitNames, type PreparedData, type SplitName, type TargetPart } from '../../../data/prepared'
import { sourceList } from '../../../data/source-list'
import type { TrainedModel } from '../../../exports/export'
import { evaluatePredictions, evaluation } from '../../../protocol/evaluation'
import type { Evaluation, SplitEvaluation } from '../../../protocol/contract'
import { metricLabel, metricText } from '../../../metrics/metric-text'
import { createInference } from '../../../training/inference'
import { rowWeights } from '../../../training/row-weights'
import { unscale } from '../../../data/preparing/target-scale'
import { truthOf } from '../../../training/scoring'
import { createTrainingBackend } from '../../backend'
import { prepareRun } from '../../data/prepare-run'
import { encodeFile } from '../../data/encode-file'
import { openRun, type OpenRun } from '../../run-folder/open-run'
import { exitCodes, type CliCommand } from '../command'
import type { CliContext } from '../context'
import { sameJson } from '../../files/same-json'
import { inFolder } from '../in-folder'
import { metricsTable } from '../metrics-table'
import { textTable } from '../text-table'
import { historyNotes, unseenNotes } from '../match-notes'
import { plural } from '../words'

/** `nabla evaluate RUN [DATA.csv]`: how good a run's weights are, on its own rows or on others. */
export const evaluate: CliCommand = {
  declare: (program) =>
    program
      .command('evaluate')
      .description("metrics of a run's weights, on its own splits or on all rows of another file")
      .argument('<run>', 'a run folder')
      .argument('[data]', 'a file with the same columns, or sample:NAME'),
  run: async (context, [path = '', file]) => {
    const run = openRun(inFolder(context, path))
    if (run.unfinished) context.note('This run never ended; these are its best weights so far.')
    const result = file === undefined ? await onOwnRows(run) : await onFile(context, run, file)
    context.record({ type: 'evaluation', run: run.folder, data: file ?? null, ...result })
    show(context, result, file)
    return exitCodes.success
  },
}

/** The loss weighs rows as training did. */
async function onOwnRows({ model, folder }: OpenRun): Promise<Evaluation> {
  const { data } = await prepareRun({ experiment: model.experiment, folder })
  if (!sameJson(data.preprocessing, model.preprocessing)) throw dataChanged(model)
  return evaluateModel(model, data, rowWeights(model.experiment.training, data))
}

/** Classes count as much as they did in training, whatever their shares are here. */
async function onFile(context: CliContext, run: OpenRun, file: string): Promise<Evaluation> {
  const { model, classWeights } = run
  const encoded = await encodeFile(model, file, context.folder, { targets: 'judged' })
  const { data, dropped, unseen, missingHistory, missingWeight } = encoded
  if (dropped) context.note(`${plural(dropped, 'row')} left out, as the target is missing.`)
  unseenNotes(unseen).forEach(context.note)
  historyNotes(missingHistory).forEach(context.note)
  if (missingWeight !== undefined)
    context.note(`No column "${missingWeight}", which weighed the rows in training: here all count alike.`)
  if (model.experiment.training.classWeights && !classWeights)
    context.note('The run does not tell its class weights, so that the loss here is without them.')
  const whole = { ...data, splits: { ...noRows, test: allRows(data.features.rows) } }
  return evaluateModel(model, whole, rowWeights({ classWeights }, whole))
}

const noRows = { train: new Uint32Array(), validation: new Uint32Array(), test: new Uint32Array() }

function evaluateModel(model: TrainedModel, data: PreparedData, weights?: Float32Array): Evaluation {
  const inference = createInference(model, data, createTrainingBackend(), weights)
  const target = describeTarget(model.preprocessing.target)
  return evaluation(target, (split) => {
    const rows = data.splits[split]
    if (rows.length === 0) return null
    const { loss, predictions } = inference.run(rows)
    const made = {
      units: data.targets.width,
      loss,
      predictions: unscale(predictions, model.preprocessing.target),
      truth: truthOf(data, rows),
      fileRows: rows.map((row) => data.fileRows[row]!),
    }
    return evaluatePredictions(made, target)
  })
}

function show(context: CliContext, { splits, target }: Evaluation, file: string | undefined): void {
  const values = Object.fromEntries(splitNames.map((split) => [split, splits[split]?.metrics ?? null]))
  const table = metricsTable(values as Record<SplitName, Record<string, number | null> | null>)
  context.say(file === undefined ? table : table.replace('test', 'rows'))
  for (const split of splitNames) {
    const parts = splits[split]?.parts
    if (parts && 'parts' in target) showParts(context, target.parts, parts, file ?? split)
    else if (!('parts' in target)) showConfusion(context, target, splits[split]?.confusion, file ?? split)
  }
}

/** Metrics of each of several columns, targets down. */
function showParts(
  context: CliContext,
  targets: readonly TargetPart[],
  parts: readonly SplitEvaluation[],
  where: string,
): void {
  context.say(`\nEach target, ${where}`)
  const names = Object.keys(parts[0]!.metrics)
  const lines = targets.map(({ column }, i) => [
    column,
    ...names.map((name) => metricText(name, parts[i]!.metrics[name])),
  ])
  context.say(textTable(['target', ...names.map(metricLabel)], lines))
}

function showConfusion(
  context: CliContext,
  target: TargetPart,
  counts: readonly (readonly number[])[] | undefined,
  where: string,
): void {
  if (!counts || target.type === 'number') return
  context.say(`\nConfusion, ${where} (rows: true class, columns: predicted)`)
  const rows = target.classes.map((label, i) => [label, ...(counts[i] ?? []).map(String)])
  context.say(textTable(['', ...target.classes], rows))
}

const dataChanged = (model: TrainedModel): LabError =>
  new LabError({
    code: 'data-changed',
    expected: 'the data that the run was trained on',
    came: 'data that gives another preprocessing',
    advice: 'The file was changed since. Name a file to score all its rows: nabla evaluate RUN DATA.csv',
    place: { file: sourceList(model.experiment.data.source).join(', ') },
  })
