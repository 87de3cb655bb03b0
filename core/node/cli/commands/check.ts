import { describeData } from '../../../data/describe'
import { findingKey, type Finding } from '../../../data/findings/finding'
import { applyFix } from '../../../data/findings/fix'
import { rankFindings } from '../../../data/findings/rank'
import { LabError } from '../../../errors/lab-error'
import { writeExperiment } from '../../../experiment/write'
import { describeNetwork, type NetworkReport } from '../../../network/describe'
import { findRawCodes } from '../../../network/raw-codes'
import { resolveNetwork } from '../../../network/resolve'
import type { DataDescription, ExperimentAt } from '../../../protocol/contract'
import { splitNames, type TargetDescription } from '../../../data/prepared'
import { targetName } from '../../../data/target-parts'
import { prepareData } from '../../../data/prepare'
import { inspectTable } from '../../data/inspect-table'
import { openTable } from '../../data/open-table'
import { readExperiment } from '../../data/read-experiment'
import { moveExperiment } from '../../data/relative-source'
import { writeAtomic } from '../../files/write-atomic'
import { settingProblems } from '../../../training/setting-problems'
import { dirname, resolve } from 'node:path'
import { exitCodes, type CliCommand } from '../command'
import type { CliContext } from '../context'
import { inFolder } from '../in-folder'
import { showFindings } from '../show-findings'
import { showProblem } from '../show-problem'
import { splitColumns } from '../split-columns'
import { textTable } from '../text-table'
import { plural } from '../words'

/** `nabla check`: what would be trained, everything that is wrong with it, and the traps in its data. */
export const check: CliCommand = {
  declare: (program) =>
    program
      .command('check')
      .description('show shapes, parameters, problems and traps in the data; trains nothing')
      .argument('<experiment>', 'an experiment file')
      .option('--strict', 'fail where the data have a trap: a warning or a problem that is not accepted')
      .option('--fix <finding...>', 'apply the fix of a finding, such as identifier:id, or of all of a code')
      .option('-o, --output <file>', 'where the fixed experiment goes (default: the file itself)'),
  run: async (context, [path = ''], options) => {
    const file = inFolder(context, path)
    const at = readExperiment(file)
    const wanted = (options.fix as string[] | undefined) ?? []
    const checked = wanted.length ? await fixed(context, at, wanted, outputOf(context, file, options)) : at
    const { data, network, problems, findings } = await examine(checked).catch(async (error: unknown) => {
      await showInspection(context, checked)
      throw error
    })
    const { findings: _all, checks, ...described } = data
    context.record({ type: 'check', data: described, network, problems, findings, checks })
    showData(context, data)
    showPreparation(context, data)
    showNetwork(context, network)
    showFindings(context, findings, checks)
    problems.forEach((page) => showProblem(context, page))
    if (problems.length > 0) return exitCodes.badInput
    const traps = findings.filter(({ severity, accepted }) => severity !== 'note' && !accepted)
    if (options.strict && traps.length > 0) {
      context.note(`Not in order: ${plural(traps.length, 'trap')} in the data, and --strict allows none.`)
      return exitCodes.failure
    }
    context.say('Ready to train.')
    return exitCodes.success
  },
}

async function examine(at: ExperimentAt) {
  const read = await openTable(at)
  const settings = { ...at.experiment.data, csv: read.csv }
  const data = describeData(prepareData(read.table, at.experiment), read.table, settings)
  const { network: layers, loss } = at.experiment
  const definition = { layers, loss, inputs: data.inputs.length, target: data.target }
  const network = describeNetwork(definition)
  const resolved = network.problems.length ? null : resolveNetwork(definition)
  const problems = [...network.problems, ...settingProblems(at.experiment, data.target, resolved)]
  const found = [...data.findings, ...findRawCodes(definition, data.codes)]
  return { data, network, problems, findings: rankFindings(found, settings.accepted) }
}

/** What shows in the cells alone, before the help page that says why nothing could be made of them. */
async function showInspection(context: CliContext, at: ExperimentAt): Promise<void> {
  const seen = await inspectTable(at).catch(() => undefined)
  if (!seen) return
  const findings = rankFindings(seen.findings, at.experiment.data.accepted)
  context.record({ type: 'inspection', findings, checks: seen.checks })
  showFindings(context, findings, seen.checks)
}

const outputOf = (context: CliContext, file: string, { output }: { output?: string }): string =>
  output === undefined ? file : resolve(context.folder, output)

/** Applies fixes one after the other, since one may change what the next finds, and writes the experiment. */
async function fixed(
  context: CliContext,
  at: ExperimentAt,
  wanted: readonly string[],
  file: string,
): Promise<ExperimentAt> {
  let { experiment } = at
  for (const name of wanted) {
    const now = { ...at, experiment }
    const { findings } = await examine(now).catch(() => inspectTable(now))
    for (const { fix } of chosen(findings, name)) {
      experiment = applyFix(experiment, fix)
      context.say(`Fixed: ${fix.label}`)
      context.record({ type: 'fix', fix })
    }
  }
  writeAtomic(file, writeExperiment(moveExperiment({ ...at, experiment }, dirname(file))))
  context.say(`Wrote ${file}`)
  context.say()
  return { ...at, experiment }
}

type Fixable = Finding & Required<Pick<Finding, 'fix'>>

/** The findings that a name means: a code, or a code and its columns. @throws LabError where none can be fixed */
function chosen(findings: readonly Finding[], name: string): Fixable[] {
  const fixable = findings.filter((finding): finding is Fixable => finding.fix !== undefined)
  const meant = fixable.filter((finding) => finding.code === name || findingKey(finding) === name)
  if (meant.length > 0) return meant
  throw new LabError({
    code: 'nothing-to-fix',
    expected: 'a finding that has a fix',
    came: `"${name}"`,
    advice: fixable.length
      ? `These can be fixed: ${fixable.map(findingKey).join(', ')}.`
      : 'No finding in these data has a fix.',
  })
}

const kinds: Readonly<Record<TargetDescription['type'], string>> = {
  number: 'a number',
  binary: 'two classes',
  category: 'classes',
  numbers: 'a number each',
  labels: 'two classes each',
}

function showData(context: CliContext, data: DataDescription): void {
  const { inputs, target, rows, balance, labels = [], contents, dropped } = data
  const word = 'parts' in target ? 'Targets' : 'Target'
  context.say(
    `${word} "${targetName(target)}": ${kinds[target.type]}; ${plural(inputs.length, 'network input')}`,
  )
  const classes = 'classes' in target ? target.classes : []
  const named = labels.map(({ column, classes: [, yes] }) => `${column} = ${yes}`)
  const facts = splitColumns(contents)
  const lines = splitNames.map((split) => [
    split,
    String(rows[split]),
    ...classes.map((_, i) => String(balance?.[split][i] ?? 0)),
    ...labels.map(({ counts }) => String(counts[split])),
    ...facts.map(({ text }) => text(contents.splits[split])),
  ])
  context.say(`Split: ${contents.strategy}${contents.by === undefined ? '' : ` by "${contents.by}"`}`)
  context.say(textTable(['split', 'rows', ...classes, ...named, ...facts.map(({ head }) => head)], lines))
  if (dropped > contents.leftOut)
    context.say(
      `${plural(dropped - contents.leftOut, 'row')} left out: a cell is missing, they repeat or contradict another, or their target lies in a later split.`,
    )
  if (contents.leftOut > 0)
    context.say(`${plural(contents.leftOut, 'row')} left out, as "${contents.by}" gives them no place.`)
  context.say()
}

/** So many columns are told one by one; images have more. */
const mostLines = 40

function showPreparation(context: CliContext, { prepared }: DataDescription): void {
  const lines = prepared
    .slice(0, mostLines)
    .map(({ column, inputs, steps }) => [column, String(inputs), steps])
  context.say(textTable(['column', 'inputs', 'prepared'], lines))
  const more = prepared.length - lines.length
  if (more > 0) context.say(`and ${plural(more, 'column')} more`)
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
