import { samples as list } from '../../../data/samples/samples'
import { exitCodes, type CliCommand } from '../command'

/** `nabla samples`: what is built in, and under which licence. */
export const samples: CliCommand = {
  declare: (program) => program.command('samples').description('list the built-in tables and their licences'),
  run: async (context) => {
    for (const sample of list) {
      context.record({ type: 'sample', ...sample })
      context.say(
        `sample:${sample.name}  ${sample.title}: ${sample.rows} rows, predicts ${sample.targets.map((name) => `"${name}"`).join(' and ')}`,
      )
      context.say(`  ${sample.description}`)
      context.say(`  Source: ${sample.source}`)
      context.say(`  Licence: ${sample.licence}\n`)
    }
    context.say('Begin with one: nabla new sample:iris')
    return exitCodes.success
  },
}
