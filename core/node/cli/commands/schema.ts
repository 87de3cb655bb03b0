import { experimentJsonSchema } from '../../../experiment/json-schema'
import { writeAtomic } from '../../files/write-atomic'
import { exitCodes, type CliCommand } from '../command'
import { inFolder } from '../in-folder'

/** `nabla schema`: the JSON Schema of experiment files, so that an editor completes and checks them. */
export const schema: CliCommand = {
  declare: (program) =>
    program
      .command('schema')
      .description('write the JSON Schema of experiment files, for editors')
      .option('-o, --output <file>', 'the file to write, or standard output'),
  run: (context, _, options) => {
    const text = `${JSON.stringify(experimentJsonSchema(), null, 2)}\n`
    if (typeof options.output !== 'string') context.say(text.trimEnd())
    else {
      writeAtomic(inFolder(context, options.output), text)
      context.say(
        `Wrote ${options.output}. Name it in a file as "$schema" to have it checked while you type.`,
      )
    }
    context.record({ type: 'schema', schema: experimentJsonSchema() })
    return Promise.resolve(exitCodes.success)
  },
}
