import type { Attributes, OpName, Pair, WindowAttributes } from './op'
import type { Tensor } from './graph'
import * as o from './ops'

/** What a derivative rule may read: y = op(inputs), and the gradient of the loss with respect to y. */
export interface RuleContext {
  readonly inputs: readonly Tensor[]
  readonly output: Tensor
  readonly gradient: Tensor
  readonly attributes: Attributes
}

/** One row of the table. */
export interface Derivative {
  /** Vector-Jacobian product: the loss's gradient for each input; null where it is zero everywhere. */
  readonly vjp: (context: RuleContext) => readonly (Tensor | null)[]
  /** In LaTeX, with \bar{y} for the gradient of the loss with respect to y. */
  readonly formula: string
  readonly source: string
}

const calculus = 'differentiation rule of one variable'
const giles = 'Giles 2008, An extended collection of matrix derivative results, section 2.2'
const adjoint = 'the adjoint of a linear map'
const leaf: Derivative = { vjp: () => [], formula: '', source: 'a leaf has no inputs' }
const flat = (inputs: number, why: string): Derivative => ({
  vjp: () => new Array<null>(inputs).fill(null),
  formula: String.raw`\bar{x} = 0`,
  source: why,
})

/** A rule for y = f(x): the factor dy/dx, and its formula. */
const chain = (factor: (x: Tensor, y: Tensor) => o.Operand, formula: string): Derivative => ({
  vjp: ({ inputs: [x], output, gradient }) => [o.multiply(gradient, factor(x!, output))],
  formula: String.raw`\bar{x} = \bar{y} \cdot ` + formula,
  source: calculus,
})

/** The larger (or smaller) operand takes the gradient; equal ones share it. */
const choice = (greaterFirst: boolean, formula: string): Derivative => ({
  vjp: ({ inputs: [a, b], gradient }) => {
    const tie = o.multiply(o.equal(a!, b!), 0.5)
    const first = o.add(greaterFirst ? o.greater(a!, b!) : o.greater(b!, a!), tie)
    const second = o.add(greaterFirst ? o.greater(b!, a!) : o.greater(a!, b!), tie)
    return [o.multiply(gradient, first), o.multiply(gradient, second)]
  },
  formula,
  source: 'subgradient; ties are shared evenly, as in PyTorch',
})

/**
 * How every primitive passes gradients back. This is the only place in the lab where derivatives are written down;
 * layers, losses and optimizers compose primitives. Each row agrees with central differences in float64 (tested).
 */
export const derivatives: Readonly<Record<OpName, Derivative>> = {
  input: leaf,
  state: leaf,
  constant: leaf,
  random: leaf,

  negate: {
    vjp: ({ gradient }) => [o.negate(gradient)],
    formula: String.raw`\bar{x} = -\bar{y}`,
    source: calculus,
  },
  exp: chain((_, y) => y, 'y'),
  log: {
    vjp: ({ inputs: [x], gradient }) => [o.divide(gradient, x!)],
    formula: String.raw`\bar{x} = \bar{y} / x`,
    source: calculus,
  },
  sqrt: {
    vjp: ({ output, gradient }) => [o.divide(gradient, o.multiply(output, 2))],
    formula: String.raw`\bar{x} = \bar{y} / (2y)`,
    source: calculus,
  },
  abs: chain((x) => o.sign(x), String.raw`\operatorname{sign}(x)`),
  sign: flat(1, 'constant almost everywhere'),
  tanh: chain((_, y) => o.subtract(1, o.square(y)), '(1 - y^2)'),
  sigmoid: chain((_, y) => o.multiply(y, o.subtract(1, y)), 'y (1 - y)'),
  softplus: chain((x) => o.sigmoid(x), String.raw`\sigma(x)`),
  erf: chain(
    (x) => o.multiply(o.exp(o.negate(o.square(x))), 2 / Math.sqrt(Math.PI)),
    String.raw`\tfrac{2}{\sqrt{\pi}} e^{-x^2}`,
  ),
  sin: chain((x) => o.cos(x), String.raw`\cos x`),
  cos: chain((x) => o.negate(o.sin(x)), String.raw`(-\sin x)`),

  add: {
    vjp: ({ gradient }) => [gradient, gradient],
    formula: String.raw`\bar{a} = \bar{y}, \quad \bar{b} = \bar{y}`,
    source: calculus,
  },
  subtract: {
    vjp: ({ gradient }) => [gradient, o.negate(gradient)],
    formula: String.raw`\bar{a} = \bar{y}, \quad \bar{b} = -\bar{y}`,
    source: calculus,
  },
  multiply: {
    vjp: ({ inputs: [a, b], gradient }) => [o.multiply(gradient, b!), o.multiply(gradient, a!)],
    formula: String.raw`\bar{a} = \bar{y}\, b, \quad \bar{b} = \bar{y}\, a`,
    source: 'product rule',
  },
  divide: {
    vjp: ({ inputs: [, b], output, gradient }) => {
      const first = o.divide(gradient, b!)
      return [first, o.negate(o.multiply(first, output))]
    },
    formula: String.raw`\bar{a} = \bar{y} / b, \quad \bar{b} = -\bar{y}\, y / b`,
    source: 'quotient rule',
  },
  maximum: choice(true, String.raw`\bar{a} = \bar{y}\,[a > b], \quad \bar{b} = \bar{y}\,[b > a]`),
  minimum: choice(false, String.raw`\bar{a} = \bar{y}\,[a < b], \quad \bar{b} = \bar{y}\,[b < a]`),
  greater: flat(2, 'constant almost everywhere'),
  equal: flat(2, 'constant almost everywhere'),
  where: {
    vjp: ({ inputs: [condition], gradient }) => [
      null,
      o.where(condition!, gradient, 0),
      o.where(condition!, 0, gradient),
    ],
    formula: String.raw`\bar{a} = \bar{y}\,[c \ne 0], \quad \bar{b} = \bar{y}\,[c = 0]`,
    source: calculus,
  },
  stopGradient: flat(1, 'by definition'),

  matmul: {
    vjp: ({ inputs: [a, b], gradient, attributes }) => {
      const { transposeA, transposeB } = attributes as { transposeA: boolean; transposeB: boolean }
      return [
        transposeA ? o.matmul(b!, gradient, transposeB, true) : o.matmul(gradient, b!, false, !transposeB),
        transposeB ? o.matmul(gradient, a!, true, transposeA) : o.matmul(a!, gradient, !transposeA, false),
      ]
    },
    formula: String.raw`\bar{A} = \bar{Y} B^\top, \quad \bar{B} = A^\top \bar{Y}`,
    source: giles,
  },

  sum: {
    vjp: ({ inputs: [x], gradient }) => [o.broadcast(gradient, x!.shape)],
    formula: String.raw`\bar{x}_i = \bar{y}`,
    source: adjoint,
  },
  max: {
    vjp: ({ inputs: [x], output, gradient, attributes }) => {
      const hit = o.equal(x!, output)
      const share = o.divide(gradient, o.sum(hit, attributes.axes as number[]))
      return [o.multiply(hit, share)]
    },
    formula: String.raw`\bar{x}_i = \bar{y}\,[x_i = y] / \textstyle\sum_j [x_j = y]`,
    source: 'subgradient; ties share evenly, as in PyTorch amax',
  },
  broadcast: {
    vjp: ({ inputs: [x], output, gradient }) => [o.sum(gradient, repeatedAxes(x!, output))],
    formula: String.raw`\bar{x} = \textstyle\sum_i \bar{y}_i`,
    source: adjoint,
  },
  reshape: {
    vjp: ({ inputs: [x], gradient }) => [o.reshape(gradient, x!.shape)],
    formula: String.raw`\bar{x} = \bar{y}`,
    source: adjoint,
  },
  transpose: {
    vjp: ({ gradient, attributes }) => [o.transpose(gradient, inverse(attributes.permutation as number[]))],
    formula: String.raw`\bar{X} = \bar{Y}^\top`,
    source: adjoint,
  },
  slice: {
    vjp: ({ inputs: [x], gradient, attributes }) => [
      o.pad(gradient, attributes.starts as number[], x!.shape),
    ],
    formula: String.raw`\bar{x}_i = \bar{y}_{i-s} \text{ in the window, else } 0`,
    source: adjoint,
  },
  pad: {
    vjp: ({ inputs: [x], gradient, attributes }) => [
      o.slice(gradient, attributes.starts as number[], x!.shape),
    ],
    formula: String.raw`\bar{x}_i = \bar{y}_{i+s}`,
    source: adjoint,
  },
  concat: {
    vjp: ({ inputs, gradient, attributes }) => split(gradient, inputs, attributes.axis as number),
    formula: String.raw`\bar{x}^{(k)} = \bar{y} \text{ in the place of part } k`,
    source: adjoint,
  },
  gather: {
    vjp: ({ inputs: [table, index], gradient }) => [o.scatterAdd(gradient, index!, table!.shape[0]!), null],
    formula: String.raw`\bar{T}_r = \textstyle\sum_{i:\, k_i = r} \bar{y}_i`,
    source: adjoint,
  },
  scatterAdd: {
    vjp: ({ inputs: [, index], gradient }) => [o.gather(gradient, index!), null],
    formula: String.raw`\bar{x}_i = \bar{y}_{k_i}`,
    source: adjoint,
  },

  patches: {
    vjp: ({ inputs: [x], gradient, attributes }) => [
      o.foldPatches(gradient, windowsOf(attributes), imageSize(x!)),
    ],
    formula: String.raw`\bar{x}_{i} = \textstyle\sum_{p, k:\, s p + d k - b = i} \bar{y}_{p, k}`,
    source: adjoint,
  },
  foldPatches: {
    vjp: ({ inputs: [x], gradient, attributes }) => [
      o.patches(gradient, windowsOf(attributes), imageSize(x!)),
    ],
    formula: String.raw`\bar{x}_{p, k} = \bar{y}_{s p + d k - b}`,
    source: adjoint,
  },
  pickLargest: {
    vjp: ({ inputs: [x], gradient, attributes }) => [
      null,
      o.placeLargest(x!, gradient, windowsOf(attributes)),
    ],
    formula: String.raw`\bar{z}_i = \textstyle\sum_{p:\, k_p = i} \bar{y}_p, \quad k_p = \operatorname{argmax}_{k \in p} x_k`,
    source: 'adjoint in z, constant almost everywhere in x; the first of equals is taken, as in PyTorch',
  },
  placeLargest: {
    vjp: ({ inputs: [x, y], gradient, attributes }) => [
      null,
      o.pickLargest(x!, gradient, windowsOf(attributes), imageSize(y!)),
    ],
    formula: String.raw`\bar{z}_p = \bar{y}_{k_p}, \quad k_p = \operatorname{argmax}_{k \in p} x_k`,
    source: 'adjoint in z, constant almost everywhere in x',
  },
}

const windowsOf = (attributes: Attributes): WindowAttributes => attributes as unknown as WindowAttributes

/** Axes 1 and 2: height and width of an image, or rows and columns of its windows. */
const imageSize = ({ shape }: Tensor): Pair => [shape[1]!, shape[2]!]

const repeatedAxes = (x: Tensor, y: Tensor): number[] =>
  y.shape.flatMap((size, axis) => (x.shape[axis] === 1 && size !== 1 ? [axis] : []))

const inverse = (permutation: readonly number[]): number[] =>
  permutation.map((_, axis) => permutation.indexOf(axis))

function split(gradient: Tensor, parts: readonly Tensor[], axis: number): Tensor[] {
  let start = 0
  return parts.map((part) => {
    const starts = part.shape.map((_, i) => (i === axis ? start : 0))
    start += part.shape[axis]!
    return o.slice(gradient, starts, part.shape)
  })
}
