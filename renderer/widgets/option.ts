/** One choice of a select: its value in the experiment file and its words for people. */
export interface Option {
  readonly value: string
  readonly label: string
  /** A line under the label, for choices that need a reason. */
  readonly hint?: string
  /** Shown, but cannot be taken now. */
  readonly disabled?: boolean
}
