/** The share of the window's time that one picture may take, at most. */
const SHARE = 1 / 8

/** The frame in which a picture was drawn last: each frame draws one, so that none is long. */
let busyFrame = -1

export interface Throttle {
  request(): void
  /** Without waiting: what is seen is wrong, not only old. */
  urge(): void
  cancel(): void
}

/**
 * Calls `act` in the next frame and then at most every `pause` milliseconds, less often where drawing takes long, so that
 * the window keeps answering on a slow or busy machine. The last request is never lost. Hidden windows draw nothing
 * until they are seen, since animation frames stop there.
 */
export function throttleFrames(act: () => void, pause: number): Throttle {
  let frame = 0
  let next = -Infinity
  const step = (now: number): void => {
    if (now < next || now === busyFrame) {
      frame = requestAnimationFrame(step)
      return
    }
    frame = 0
    busyFrame = now
    const begun = performance.now()
    act()
    const ended = performance.now()
    next = Math.max(now + pause, ended + (ended - begun) / SHARE)
  }
  const request = (): void => {
    frame ||= requestAnimationFrame(step)
  }
  return {
    request,
    urge: () => {
      next = -Infinity
      request()
    },
    cancel: () => {
      cancelAnimationFrame(frame)
      frame = 0
    },
  }
}
