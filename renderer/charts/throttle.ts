/**
 * Calls `act` at once and then at most every `pause` milliseconds; the last request is never lost. Hidden windows draw
 * nothing until they are seen, since animation frames stop there.
 */
export function throttleFrames(act: () => void, pause: number): { request(): void; cancel(): void } {
  let frame = 0
  let last = -Infinity
  const step = (now: number): void => {
    if (now - last < pause) {
      frame = requestAnimationFrame(step)
      return
    }
    frame = 0
    last = now
    act()
  }
  return {
    request: () => {
      frame ||= requestAnimationFrame(step)
    },
    cancel: () => {
      cancelAnimationFrame(frame)
      frame = 0
    },
  }
}
