import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { parseExperiment } from '../../../experiment/read'
import type { EndEvent } from '../../../training/events'
import { createTrainer } from '../../../training/trainer'
import { createTrainingBackend } from '../../backend'
import { prepareRun } from '../../data/prepare-run'
import { exitCodes, type CliCommand } from '../command'
import expected from '../selftest.json'
import { threadsOption } from '../threads'

/** `nabla selftest`: the same bits here as where this version was made? */
export const selftest: CliCommand = {
  declare: (program) =>
    program
      .command('selftest')
      .description("train a fixed set and compare its hash with this version's")
      .addOption(threadsOption(1)),
  run: async (context, _, options) => {
    const prints: string[] = []
    for (const experiment of expected.experiments) {
      const { fingerprint, reason } = await trainOne(experiment, Number(options.threads))
      prints.push(fingerprint)
      context.record({ type: 'training', name: experiment.name, reason, fingerprint })
    }
    const hash = bytesToHex(sha256(utf8ToBytes(prints.join('\n'))))
    const matches = hash === expected.hash
    context.record({ type: 'selftest', hash, expected: expected.hash, matches })
    context.say(hash)
    context.note(
      matches
        ? "The same bits as this version's own."
        : `Not the bits of this version, which are ${expected.hash}: results on this machine will differ. Please report it.`,
    )
    return matches ? exitCodes.success : exitCodes.failure
  },
}

async function trainOne(settings: unknown, threads: number): Promise<EndEvent> {
  const material = await prepareRun({ experiment: parseExperiment(settings), folder: '.' })
  const backend = createTrainingBackend(threads)
  try {
    const trainer = createTrainer({ ...material, backend, clock: () => 0 })
    for (const event of trainer.events) if (event.type === 'end') return event
  } finally {
    backend.close?.()
  }
  throw new Error('a training without an end')
}
