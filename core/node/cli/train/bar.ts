import { Presets, SingleBar } from 'cli-progress'
import { duration } from '../words'

/** A progress bar on standard error. */
export interface Bar {
  update(step: number, words: string): void
  stop(): void
}

/** Drawn at most ten times a second; gone from the screen when stopped. */
export function createBar(steps: number): Bar {
  const bar = new SingleBar(
    {
      format: '{bar} {percentage} %  {words}  left {left}',
      stream: process.stderr,
      fps: 10,
      hideCursor: true,
      clearOnComplete: true,
      stopOnComplete: false,
      barsize: 24,
      etaBuffer: 200,
      linewrap: false,
      gracefulExit: false,
    },
    Presets.shades_classic,
  )
  const began = performance.now()
  let first: number | null = null
  bar.start(steps, 0, { words: '', left: '–' })
  return {
    update: (step, words) => {
      first ??= step - 1
      const seconds = (performance.now() - began) / 1000
      const left = (seconds / (step - first)) * (steps - step)
      bar.update(step, { words, left: duration(left) })
    },
    stop: () => bar.stop(),
  }
}
