import { exitCodes } from './command'

/**
 * The first Ctrl-C (or a polite request to end) calls `stop`; the second ends the process at once. Files are written
 * under temporary names, so none is left half done. Gives the function that takes the process back to its usual ways.
 */
export function listenForInterrupt(stop: () => void): () => void {
  let asked = false
  const listener = (): void => {
    if (asked) process.exit(exitCodes.interrupted)
    asked = true
    stop()
  }
  process.on('SIGINT', listener)
  process.on('SIGTERM', listener)
  return () => {
    process.off('SIGINT', listener)
    process.off('SIGTERM', listener)
  }
}
