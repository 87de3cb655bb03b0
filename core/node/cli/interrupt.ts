import { exitCodes } from './command'

/** One Ctrl-C can arrive twice, from the terminal and passed on by npm; what comes this soon is the same one. */
const SAME_PRESS_MILLISECONDS = 500

/**
 * The first Ctrl-C (or a polite request to end) calls `stop`; another one ends the process at once. Files are written
 * under temporary names, so none is left half done. Gives the function that takes the process back to its usual ways.
 */
export function listenForInterrupt(stop: () => void): () => void {
  let asked: number | null = null
  const listener = (): void => {
    const now = performance.now()
    if (asked === null) {
      asked = now
      stop()
    } else if (now - asked > SAME_PRESS_MILLISECONDS) process.exit(exitCodes.interrupted)
  }
  process.on('SIGINT', listener)
  process.on('SIGTERM', listener)
  return () => {
    process.off('SIGINT', listener)
    process.off('SIGTERM', listener)
  }
}
