import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { parseExperiment } from '../../experiment/read'
import type { SelfTestTraining, SelfTestVerdict } from '../../protocol/self-test'
import type { EndEvent } from '../../training/events'
import { createTrainer } from '../../training/trainer'
import { createTrainingBackend } from '../backend'
import { prepareRun } from '../data/prepare-run'
import expected from './selftest.json'

/**
 * Trains a fixed set that has every kind in it, on the samples that the lab brings along. Reports each training when it
 * is done, and compares the hash of them all with the one in the repository. The number of threads changes no bit.
 */
export async function selfTest(
  threads: number,
  report: (training: SelfTestTraining) => void,
): Promise<SelfTestVerdict> {
  const prints: string[] = []
  for (const experiment of expected.experiments) {
    const { fingerprint, reason } = await trainOne(experiment, threads)
    prints.push(fingerprint)
    report({ name: experiment.name, reason, fingerprint })
  }
  const hash = bytesToHex(sha256(utf8ToBytes(prints.join('\n'))))
  return { hash, expected: expected.hash, matches: hash === expected.hash, trainings: prints.length }
}

async function trainOne(settings: unknown, threads: number): Promise<EndEvent> {
  const material = await prepareRun({ experiment: parseExperiment(settings), folder: '.' })
  // The networks are small: all that can be shared out is, so that threads have their say.
  const backend = createTrainingBackend(threads, 0)
  try {
    const trainer = createTrainer({ ...material, backend, clock: () => 0 })
    for (const event of trainer.events) if (event.type === 'end') return event
  } finally {
    backend.close?.()
  }
  throw new Error('a training without an end')
}
