import { writeAtomic } from '../../files/write-atomic'
import { version } from '../../version'
import { exitCodes, type CliCommand } from '../command'
import { inFolder } from '../in-folder'

/** `nabla formulas`: everything that can be trained with, as mathematics. */
export const formulas: CliCommand = {
  declare: (program) =>
    program
      .command('formulas')
      .description('write the formula sheet of every kind as one HTML page')
      .requiredOption('-o, --output <file>', 'the HTML file to write'),
  run: async (context, _, options) => {
    const { chapters, formulaSheet } = await import('../../formulas/formula-sheet')
    const file = inFolder(context, String(options.output))
    writeAtomic(file, formulaSheet(version))
    const count = chapters.reduce((total, { kinds }) => total + kinds.length, 0)
    context.say(`Wrote ${count} formulas to ${String(options.output)}`)
    context.record({ type: 'file', file, formulas: count })
    return exitCodes.success
  },
}
