import type { TableProfile } from '../../../data/profile/profile-table'
import type { Relation } from '../../../data/profile/relation'
import type { ColumnSummary } from '../../../data/prepared'
import { LabError } from '../../../errors/lab-error'
import type { ExperimentAt } from '../../../protocol/contract'
import { createDataKeeper } from '../../data/data-keeper'
import { readExperiment } from '../../data/read-experiment'
import { isSample } from '../../../data/source-list'
import { resolve } from 'node:path'
import { exitCodes, type CliCommand } from '../command'
import type { CliContext } from '../context'
import { inFolder } from '../in-folder'
import { textTable } from '../text-table'
import { plural } from '../words'

/** `nabla profile`: what each column holds, and what it says about the target. */
export const profile: CliCommand = {
  declare: (program) =>
    program
      .command('profile')
      .description('show what each column holds and how it goes with the target')
      .argument('<data>', 'a file of data, sample:NAME, or an experiment file')
      .option(
        '-t, --target <column>',
        'the column to predict, found by its name when left out; of an experiment one of its targets',
      ),
  run: async (context, [data = ''], options) => {
    const keeper = createDataKeeper()
    const at = await experimentOf(context, keeper, data, options.target as string | undefined)
    const { columns, rowCount } = await keeper.preview(at)
    const found = await keeper.profile(at, options.target as string | undefined)
    const { target } = found
    if (options.target !== undefined && options.target !== target)
      refuseTarget(String(options.target), columns, target)
    context.record({
      type: 'profile',
      rows: rowCount,
      target,
      columns,
      relations: found.relations,
    })
    context.say(`${plural(rowCount, 'row')}, ${plural(columns.length, 'column')}; target "${target}"`)
    context.say()
    showColumns(context, columns)
    showRelations(context, found, rowCount)
    return exitCodes.success
  },
}

/** An experiment may leave its target to be found by its name. */
function refuseTarget(wanted: string, columns: readonly ColumnSummary[], found: string): never {
  const named = columns.filter(({ role }) => role === 'target').map(({ name }) => name)
  throw new LabError({
    code: 'unknown-target',
    expected: `a target of the experiment: ${(named.length ? named : [found]).map((name) => `"${name}"`).join(', ')}`,
    came: `"${wanted}"`,
    advice: 'Name one of these, or leave --target out.',
    place: { path: 'data.columns' },
  })
}

const isExperiment = (name: string): boolean => /\.nabla\.json$/i.test(name)

async function experimentOf(
  context: CliContext,
  keeper: ReturnType<typeof createDataKeeper>,
  data: string,
  target?: string,
): Promise<ExperimentAt> {
  if (isExperiment(data)) return readExperiment(inFolder(context, data))
  const source = isSample(data) ? data : resolve(context.folder, data)
  return (await keeper.propose(source, target)).at
}

const number = (value: number | undefined): string =>
  value === undefined ? '' : String(Number(value.toPrecision(5)))

function showColumns(context: CliContext, columns: readonly ColumnSummary[]): void {
  const head = [
    'column',
    'type',
    'missing',
    'distinct',
    'mean',
    'sd',
    'min',
    '5%',
    '25%',
    '50%',
    '75%',
    '95%',
    'max',
    'top',
  ]
  const lines = columns.map((column) => {
    const isDate = column.type === 'date'
    const show = (value: number | undefined): string =>
      isDate && value !== undefined ? dayOf(value) : number(value)
    const quantiles = column.quantiles ?? new Array<undefined>(5).fill(undefined)
    return [
      column.name,
      column.times ? 'date and time' : column.type,
      String(column.missing),
      String(column.distinct),
      show(column.mean),
      number(column.deviation),
      show(column.minimum),
      ...quantiles.map(show),
      show(column.maximum),
      topOf(column),
    ]
  })
  context.say(textTable(head, lines, (column) => column > 1 && column < head.length - 1))
  context.say()
}

const dayOf = (days: number): string => new Date(days * 86_400_000).toISOString().slice(0, 10)

const topOf = ({ top = [] }: ColumnSummary): string =>
  top
    .slice(0, 3)
    .map(({ value, count }) => `${value.length > 16 ? `${value.slice(0, 15)}…` : value} (${count})`)
    .join(', ')

const measures: Record<Relation['measure'], string> = {
  pearson: 'r',
  'correlation-ratio': 'eta',
  'cramers-v': 'V',
}

/** What tells most about the target comes first. */
function showRelations(context: CliContext, { relations, rows, target }: TableProfile, all: number): void {
  if (relations.length === 0) return
  const of = rows < all ? `, from ${rows} of ${all} rows, evenly taken` : ''
  context.say(`What the columns say about "${target}"${of}`)
  const lines = [...relations]
    .sort((a, b) => b.information - a.information)
    .map((relation) => [
      relation.column,
      `${measures[relation.measure]} = ${relation.correlation.toFixed(3)}`,
      relation.spearman === undefined ? '' : relation.spearman.toFixed(3),
      relation.information.toFixed(3),
      `${(100 * relation.informationShare).toFixed(1)} %`,
      `${relation.bins[0]} × ${relation.bins[1]}`,
    ])
  context.say(
    textTable(['column', 'correlation', 'rank (rho)', 'information, bits', 'of target', 'bins'], lines),
  )
  context.say()
}
