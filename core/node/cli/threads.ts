import { InvalidArgumentError, Option } from 'commander'
import { usualThreads } from '../threads/count'
import { wholeNumber } from './arguments'

const count = wholeNumber(1, 256)

function read(text: string): number {
  if (text.trim() === 'auto') return usualThreads()
  try {
    return count(text)
  } catch {
    throw new InvalidArgumentError('It must be a whole number from 1 to 256, or auto.')
  }
}

/** `--threads`: how many threads may share a step of one training. */
export const threadsOption = (usual: 1 | 'auto'): Option =>
  new Option('--threads <number>', 'threads that share large steps, or auto; the result has the same bits')
    .argParser(read)
    .default(usual === 'auto' ? usualThreads() : 1, String(usual))
