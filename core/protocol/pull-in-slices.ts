/** What pulling needs from the thread that it happens in. */
export interface SliceHost {
  /** Lets waiting messages in, then returns. */
  yieldControl(): Promise<void>
  /** Milliseconds from any start. */
  clock(): number
}

/**
 * Pulls events for `slice` milliseconds at a time, so that who wants to stop is heard in between. False when somebody
 * did: the rest is not pulled. What the events throw, it throws.
 */
export async function pullInSlices<T>(
  events: Iterable<T>,
  take: (event: T) => void,
  { yieldControl, clock }: SliceHost,
  slice: number,
  isStopped: () => boolean,
): Promise<boolean> {
  let since = clock()
  for (const event of events) {
    take(event)
    if (isStopped()) return false
    if (clock() - since < slice) continue
    await yieldControl()
    if (isStopped()) return false
    since = clock()
  }
  return true
}
