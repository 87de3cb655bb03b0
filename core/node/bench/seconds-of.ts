/** Seconds that something takes. */
export function secondsOf(act: () => void, clock: () => number): number {
  const from = clock()
  act()
  return clock() - from
}
