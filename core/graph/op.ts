import type { Shape } from './shape'

/** Elementwise functions of one tensor. */
export const unaryOps = [
  'negate',
  'exp',
  'log',
  'sqrt',
  'abs',
  'sign',
  'tanh',
  'sigmoid',
  'softplus',
  'erf',
  'sin',
  'cos',
] as const

/** Elementwise functions of two tensors of one shape; `greater` and `equal` give 1 or 0. */
export const binaryOps = [
  'add',
  'subtract',
  'multiply',
  'divide',
  'maximum',
  'minimum',
  'greater',
  'equal',
] as const

export type UnaryOp = (typeof unaryOps)[number]
export type BinaryOp = (typeof binaryOps)[number]

/** What each primitive needs besides its inputs. A record without members means nothing more. */
export interface OpAttributes extends Record<UnaryOp | BinaryOp, Record<never, never>> {
  /** Fed before each run, by name. No inputs. */
  input: { name: string }
  /** A window of a persistent flat buffer (`parameters`, or an optimizer's `m`, `v`, ...), from `offset`. No inputs. */
  state: { buffer: string; offset: number }
  /** Numbers known when the graph is built; one number fills the whole shape. No inputs. */
  constant: { values: readonly number[] }
  /** Uniform numbers in [0, 1) from the run's key, the step and this stream (Threefry-2x32). No inputs. */
  random: { stream: number }
  /** (condition, a, b) of one shape: a where the condition is not 0, else b. */
  where: Record<never, never>
  /** The same value; its derivative is taken as zero. */
  stopGradient: Record<never, never>
  /** [..., m, k] x [..., k, n] -> [..., m, n]; a transposed operand is stored the other way round. Leading axes equal. */
  matmul: { transposeA: boolean; transposeB: boolean }
  /** Sum over `axes`, which are kept with size 1. */
  sum: { axes: readonly number[] }
  /** Largest over `axes`, which are kept with size 1. */
  max: { axes: readonly number[] }
  /** Repeats along axes of size 1; the input's rank equals the output's. */
  broadcast: Record<never, never>
  /** The same elements in the same order under another shape. */
  reshape: Record<never, never>
  transpose: { permutation: readonly number[] }
  /** The window that begins at `starts` and has the output's shape. */
  slice: { starts: readonly number[] }
  /** The input placed at `starts` in zeros of the output's shape: slice the other way round. */
  pad: { starts: readonly number[] }
  concat: { axis: number }
  /** (table [n, ...], index [m]) -> [m, ...]: rows of the table. Fractions of an index are dropped. */
  gather: Record<never, never>
  /** (rows [m, ...], index [m]) -> [n, ...]: rows added up where their index points: gather the other way round. */
  scatterAdd: Record<never, never>
  /** Image [n, h, w, c] -> [n, rows, columns, kh, kw, c]: each window's numbers side by side, zeros beyond the edge. */
  patches: WindowAttributes
  /** Windows [n, rows, columns, kh, kw, c] added up where they came from -> [n, h, w, c]: patches the other way round. */
  foldPatches: WindowAttributes
  /** (x, z [n, h, w, c]) -> [n, rows, columns, c]: z at the first largest number of x in each window; no number lies beyond the edge. */
  pickLargest: WindowAttributes
  /** (x [n, h, w, c], y [n, rows, columns, c]) -> [n, h, w, c]: y added where pickLargest reads: it the other way round. */
  placeLargest: WindowAttributes
}

/** How windows lie over an image [n, h, w, c]; each pair is (vertical, horizontal). How many there are is in the shapes. */
export interface WindowAttributes {
  kernel: Pair
  stride: Pair
  /** From one number of a window to the next; 1 has no gaps. */
  dilation: Pair
  /** Rows above and columns left of the image at which the first window begins. */
  before: Pair
}

export type Pair = readonly [number, number]

export type OpName = keyof OpAttributes
export type Attributes = Readonly<Record<string, unknown>>

/** One kernel call's view of one operand: a window of a buffer. `arena` holds all that lives only within a run. */
export interface Region {
  readonly buffer: string
  /** In elements, not bytes. */
  readonly offset: number
  readonly shape: Shape
}

const elementwise: ReadonlySet<string> = new Set<string>([...unaryOps, ...binaryOps, 'where'])

/** Ops that make each output element from the elements at the same place of their inputs. */
export const isElementwise = (op: string): boolean => elementwise.has(op)
