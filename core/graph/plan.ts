import type { Attributes, OpName, Pair, Region, WindowAttributes } from './op'

/**
 * One call of a kernel: read the inputs, write the whole output. In an elementwise call an input may have one element
 * where the output has many: that element stands for all. The output of an elementwise call may lie exactly on one of
 * its inputs (the planner reuses memory in place); apart from that, an output never overlaps an input of its call.
 */
export interface KernelCall {
  readonly op: OpName | FusedOpName
  readonly inputs: readonly Region[]
  readonly output: Region
  readonly attributes: Attributes
  /** The graph node it computes, and the layer that made that node: for messages and profiles. */
  readonly node: number
  readonly scope: string
}

/** Kernels that stand for several primitives; the planner's fusion pass makes them, never a layer. */
export type FusedOpName = 'copy' | 'dense' | ConvolutionName

/**
 * Products with spread-out windows of images, `taps` numbers each; their attributes are `CountedWindows`.
 * `convolve`: (x [n, h, w, c], weights [taps, filters], and perhaps bias [1, filters]) -> [n · rows · columns, filters],
 * after the bias through `activation`, as in `dense`.
 * `convolveWeights`: (x, y [n · rows · columns, filters]) -> [taps, filters]. `convolveInput`: (y, weights) -> [n, h, w, c].
 */
export type ConvolutionName = 'convolve' | 'convolveWeights' | 'convolveInput'

/** How windows lie over images, and how many there are down and across. */
export interface CountedWindows extends WindowAttributes {
  readonly count: Pair
}

/**
 * A graph made ready to run: every tensor has its place, and running is going down `calls` once. A run allocates
 * nothing. Reshapes, and slices that are contiguous, are windows of their input and cost no call.
 */
export interface Plan {
  /** Elements that the arena needs. */
  readonly arenaSize: number
  /** Filled once, when the plan is loaded; these places are never written again. */
  readonly constants: readonly { readonly region: Region; readonly values: readonly number[] }[]
  /** Fed before each run. */
  readonly inputs: Readonly<Record<string, Region>>
  /** Read after a run, until the next one. */
  readonly outputs: Readonly<Record<string, Region>>
  /** Persistent buffers that the plan reads or writes, and the elements that each must have. */
  readonly states: Readonly<Record<string, number>>
  readonly calls: readonly KernelCall[]
}
