/** One training of the self-test. */
export interface SelfTestTraining {
  readonly name: string
  /** Why it ended: `completed`, unless something is wrong. */
  readonly reason: string
  readonly fingerprint: string
}

/** Whether this machine gives the bits that this version was made with. */
export interface SelfTestVerdict {
  /** SHA-256 over the fingerprints of all trainings, one in each line. */
  readonly hash: string
  /** The same where this version was made. */
  readonly expected: string
  readonly matches: boolean
  readonly trainings: number
}
