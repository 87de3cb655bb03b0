import { LabError } from '../../../errors/lab-error'
import { exporters } from '../../../exports/registry'
import { writeAtomic } from '../../files/write-atomic'
import { openRun } from '../../run-folder/open-run'
import { exitCodes, type CliCommand } from '../command'
import { inFolder } from '../in-folder'

const types = (): string => exporters.list.map((kind) => kind.type).join(', ')

/** `nabla export RUN --format F`: the weights for other programs. */
export const exportCommand: CliCommand = {
  declare: (program) =>
    program
      .command('export')
      .description("write a run's weights for other programs")
      .argument('<run>', 'a run folder')
      .requiredOption('--format <format>', `one of: ${types()}`)
      .option(
        '-o, --output <file>',
        'the file to write (default: the name of the run in the current folder)',
      ),
  run: async (context, [path = ''], options) => {
    const kind = exporters.get(String(options.format), '--format')
    const run = openRun(inFolder(context, path))
    if (run.unfinished) context.note('This run never ended; these are its best weights so far.')
    const name = (options.output as string | undefined) ?? `${run.name}.${kind.extension}`
    const bytes = kind.write(run.model)
    writeAtomic(inFolder(context, name), bytes)
    const back = kind.read(bytes)
    if (back.length !== run.model.parameters.length) throw lossy(kind.type)
    context.say(`Wrote ${name} (${kind.label}, ${bytes.length.toLocaleString('en')} bytes)`)
    context.record({
      type: 'file',
      file: inFolder(context, name),
      format: kind.type,
      bytes: bytes.length,
      arrays: back.map((array) => ({ name: array.name, shape: array.shape })),
    })
    return exitCodes.success
  },
}

const lossy = (format: string): LabError =>
  new LabError({
    code: 'unexpected',
    expected: `all arrays to come back from ${format}`,
    came: 'fewer',
    advice: 'Please report this; take another format meanwhile.',
  })
