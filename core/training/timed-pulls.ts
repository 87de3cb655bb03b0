/** The stopwatch of a training. */
export interface Stopwatch {
  start(): void
  stop(): void
}

/** Pulls the next of a generator's values, null after the last; the stopwatch runs only meanwhile, as what passes between pulls is a pause. */
export const timedPulls =
  <T>(values: Generator<T, void, void>, { start, stop }: Stopwatch): (() => T | null) =>
  () => {
    start()
    const { value, done } = values.next()
    stop()
    return done ? null : value
  }
