/**
 * Words of shared memory by which the thread that trains and its helpers agree on who does what. A claim takes one off
 * `left` and thereby owns part number `left`; the trainer goes on when `pending` is zero.
 */
export const words = {
  /** Parts of the present step that nobody has begun; below zero the helpers are to end. */
  left: 0,
  /** Parts of the present step that are not done. */
  pending: 1,
  /** The number of the step's first part in the program. */
  first: 2,
  /** Where the program's parts lie in memory, as the bytes of a module. */
  address: 3,
  bytes: 4,
  /** Not zero when a helper could not do its part. */
  failed: 5,
} as const

export const WORDS = 6

export type Control = Int32Array

/** Does parts of the present step until none is left to begin. True when this thread did the last one. */
export function takeParts(control: Control, run: (part: number) => void, at: typeof words): boolean {
  let last = false
  for (;;) {
    const left = Atomics.load(control, at.left)
    if (left <= 0) return last
    if (Atomics.compareExchange(control, at.left, left, left - 1) !== left) continue
    // From here to the next line but one the step cannot end, so `first` is this step's.
    run(Atomics.load(control, at.first) + left - 1)
    last = Atomics.sub(control, at.pending, 1) === 1
  }
}
