import type { HelpPage } from '../../../errors/lab-error'
import { describeData } from '../../../data/describe'
import { describeNetwork, type NetworkReport } from '../../../network/describe'
import { findRawCodes } from '../../../network/raw-codes'
import { resolveNetwork } from '../../../network/resolve'
import type { DataDescription } from '../../../protocol/contract'
import { splitNames } from '../../../data/prepared'
import { prepareData } from '../../../data/prepare'
import { openTable } from '../../data/open-table'
import { readExperiment } from '../../data/read-experiment'
import { settingProblems } from '../../../training/setting-problems'
import { exitCodes, type CliCommand } from '../command'
import type { CliContext } from '../context'
import { inFolder } from '../in-folder'
import { showProblem } from '../show-problem'
import { splitColumns } from '../split-columns'
import { textTable } from '../text-table'
import { plural } from '../words'

/** `nabla check`: what would be trained, and everything that is wrong with it. */
export const check: CliCommand = {
  declare: (program) =>
    program
      .command('check')
      .description('show shapes, parameters and problems; trains nothing')
      .argument('<experiment>', 'an experiment file'),
  run: async (context, [path = '']) => {
    const at = readExperiment(inFolder(context, path))
    const read = await openTable(at)
    const data = describeData(prepareData(read.table, at.experiment), read.table, at.experiment.data)
    const { network: layers, loss } = at.experiment
    const definition = { layers, loss, inputs: data.inputs.length, target: data.target }
    const network = describeNetwork(definition)
    const resolved = network.problems.length ? null : resolveNetwork(definition)
    const problems = [...network.problems, ...settingProblems(at.experiment, data.target, resolved)]
    const warnings = [...data.problems, ...findRawCodes(definition, data.codes)]
    context.record({ type: 'check', data, network, problems, warnings })
    showData(context, data)
    showNetwork(context, network)
    showWarnings(context, warnings)
    problems.forEach((page) => showProblem(context, page))
    if (problems.length === 0) context.say('Ready to train.')
    return problems.length === 0 ? exitCodes.success : exitCodes.badInput
  },
}

function showData(context: CliContext, data: DataDescription): void {
  const { inputs, target, rows, balance, contents, dropped } = data
  const kind = { number: 'a number', binary: 'two classes', category: 'classes' }[target.type]
  context.say(`Target "${target.column}": ${kind}; ${plural(inputs.length, 'network input')}`)
  const classes = target.type === 'number' ? [] : target.classes
  const facts = splitColumns(contents)
  const lines = splitNames.map((split) => [
    split,
    String(rows[split]),
    ...classes.map((_, i) => String(balance?.[split][i] ?? 0)),
    ...facts.map(({ text }) => text(contents.splits[split])),
  ])
  context.say(`Split: ${contents.strategy}${contents.by === undefined ? '' : ` by "${contents.by}"`}`)
  context.say(textTable(['split', 'rows', ...classes, ...facts.map(({ head }) => head)], lines))
  if (dropped > contents.leftOut)
    context.say(`${plural(dropped - contents.leftOut, 'row')} left out, as the target is missing.`)
  if (contents.leftOut > 0)
    context.say(`${plural(contents.leftOut, 'row')} left out, as "${contents.by}" gives them no place.`)
  context.say()
}

function showNetwork(context: CliContext, { layers, parameters }: NetworkReport): void {
  const lines = layers.map((layer) => [
    layer.name,
    layer.outputShape ? layer.outputShape.join(' × ') : '–',
    layer.parameters.toLocaleString('en'),
  ])
  const total = ['total', '', parameters.toLocaleString('en')]
  context.say(textTable(['layer', 'output', 'parameters'], [...lines, total]))
  context.say()
}

function showWarnings(context: CliContext, pages: readonly HelpPage[]): void {
  for (const page of pages) {
    const column = page.place?.column ? `column "${page.place.column}": ` : ''
    context.say(`Note: ${column}expected ${page.expected}, got ${page.came}. ${page.advice}`)
  }
  if (pages.length) context.say()
}
