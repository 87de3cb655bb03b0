/** What a kernel is called with: a whole number, a float, or a word of the run's seed (key, key, step). */
export type Argument = number | { readonly float: number } | { readonly seed: 0 | 1 | 2 }

/** One call of a compiled kernel, its addresses and sizes known. */
export interface Invocation {
  readonly kernel: string
  readonly arguments: readonly Argument[]
}

export const invoke = (kernel: string, ...values: readonly Argument[]): Invocation => ({
  kernel,
  arguments: values,
})
