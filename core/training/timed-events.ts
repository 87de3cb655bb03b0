/** The stopwatch of a training. */
export interface Stopwatch {
  start(): void
  stop(): void
}

/**
 * The same events; the stopwatch runs only while the next one is made, as what passes between pulls is a pause. Not a
 * generator around the other: that would cost small networks a part of each step.
 */
export function timedEvents<T>(
  events: Generator<T, void, void>,
  { start, stop }: Stopwatch,
): Generator<T, void, void> {
  const timed: Generator<T, void, void> = {
    next: () => {
      start()
      const event = events.next()
      stop()
      return event
    },
    return: (value) => events.return(value),
    throw: (error) => events.throw(error),
    [Symbol.iterator]: () => timed,
  }
  return timed
}
