import { existsSync } from 'node:fs'
import { basename, dirname, extname, relative, resolve } from 'node:path'
import { writeExperiment } from '../../../experiment/write'
import { createDataKeeper } from '../../data/data-keeper'
import { moveExperiment } from '../../data/relative-source'
import { writeAtomic } from '../../files/write-atomic'
import { isSample } from '../../../data/source-list'
import { existsAlready, keepInput } from '../keep-input'
import { exitCodes, type CliCommand } from '../command'
import { plural } from '../words'

/** `nabla new DATA.csv`: an experiment file that can be trained as it is. */
export const newCommand: CliCommand = {
  declare: (program) =>
    program
      .command('new')
      .description('propose an experiment for a table or a built-in sample')
      .argument(
        '<data...>',
        'a CSV, JSON or Parquet file, several of one shape, sample:NAME, or - for standard input',
      )
      .option(
        '-t, --target <column>',
        'the column to predict; again for each of several; found by its name when left out',
        (name: string, before: readonly string[] = []) => [...before, name],
      )
      .option('-o, --output <file>', 'the experiment file (default: NAME.nabla.json in the current folder)')
      .option('-f, --force', 'replace the file if it is there'),
  run: async (context, names, options) => {
    const [data = ''] = names
    const file = resolve(context.folder, (options.output as string | undefined) ?? `${stem(data)}.nabla.json`)
    if (existsSync(file) && !options.force) throw existsAlready(file)
    const files =
      data === '-' && names.length === 1
        ? [await keepInput(context.input, file, options.force === true)]
        : names.map((name) => (isSample(name) ? name : resolve(context.folder, name)))
    const source = files.length === 1 ? files[0]! : files
    const { at, preview } = await createDataKeeper().propose(source, options.target as string[] | undefined)
    const experiment = moveExperiment(at, dirname(file))
    writeAtomic(file, writeExperiment(experiment))

    const targets = preview.columns.filter((column) => column.role === 'target').map(({ name }) => name)
    const features = preview.columns.filter((column) => column.role === 'feature')
    const ignored = preview.columns.filter((column) => column.role === 'ignore')
    context.record({
      type: 'experiment',
      file,
      rows: preview.rowCount,
      target: targets[0],
      ...(targets.length > 1 && { targets }),
      features: features.map((column) => column.name),
      ignored: ignored.map((column) => column.name),
      experiment,
    })
    const shown = relative(context.folder, file) || file
    context.say(`Wrote ${shown}`)
    context.say(
      `  ${plural(preview.rowCount, 'row')}, ${plural(features.length, 'feature')}, ${targets.length > 1 ? 'targets' : 'target'} ${targets.map((name) => `"${name}"`).join(', ')}`,
    )
    for (const column of ignored) context.say(`  not used: "${column.name}". ${column.reason}`)
    const { strategy } = experiment.data.split
    const keys = preview.columns.filter(({ role }) => role === 'group' || role === 'time' || role === 'split')
    for (const column of keys) context.say(`  ${column.role}: "${column.name}". ${column.reason}`)
    context.say(`  split: ${strategy}`)
    context.say(`Next: nabla train ${shown}`)
    return exitCodes.success
  },
}

function stem(data: string): string {
  if (data === '-') return 'input'
  if (isSample(data)) return data.slice(data.indexOf(':') + 1)
  const plain = data.replace(/\.gz$/i, '')
  return basename(plain, extname(plain))
}
