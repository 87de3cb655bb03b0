import { selfTest } from '../../selftest/self-test'
import { exitCodes, type CliCommand } from '../command'
import { threadsOption } from '../threads'

/** `nabla selftest`: the same bits here as where this version was made? */
export const selftest: CliCommand = {
  declare: (program) =>
    program
      .command('selftest')
      .description("train a fixed set and compare its hash with this version's")
      .addOption(threadsOption(1)),
  run: async (context, _, options) => {
    const verdict = await selfTest(Number(options.threads), (training) =>
      context.record({ type: 'training', ...training }),
    )
    const { hash, expected, matches } = verdict
    context.record({ type: 'selftest', hash, expected, matches })
    context.say(hash)
    context.note(
      matches
        ? "The same bits as this version's own."
        : `Not the bits of this version, which are ${expected}: results on this machine will differ. Please report it.`,
    )
    return matches ? exitCodes.success : exitCodes.failure
  },
}
