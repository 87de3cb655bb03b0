/** How the records of a CSV text are written. */
export interface Dialect {
  /** 1 to 4 characters. */
  readonly delimiter: string
  /** One character, or nothing where quotes are letters like others. */
  readonly quote: string
  /** What makes a quote inside quotes a letter; left out, a second quote does. */
  readonly escape?: string
  /** Lines that begin so are left out. */
  readonly comment?: string
  /** `skip`: spaces before an opening quote do not count. */
  readonly spaces?: 'keep' | 'skip'
}
