import type { InitializerKind } from './initializer'
import { noSettings } from './scaled'

/** The part of `vector` along `direction`, which has length 1, is taken away. */
function takeAway(vector: Float64Array, direction: Float64Array): void {
  let along = 0
  for (let i = 0; i < vector.length; i++) along += vector[i]! * direction[i]!
  for (let i = 0; i < vector.length; i++) vector[i]! -= along * direction[i]!
}

function toLengthOne(vector: Float64Array): void {
  const length = Math.sqrt(vector.reduce((sum, x) => sum + x * x, 0))
  vector.forEach((x, i) => (vector[i] = x / length))
}

/**
 * `count` vectors of `size` >= count numbers, each of length 1 and at right angles to the others: Gram and Schmidt's way from
 * normal draws, which is a QR decomposition whose R has a positive diagonal, so that every such set is equally likely. Each is
 * made orthogonal twice, since once leaves rounding errors behind. Products, sums and roots only: the same bits everywhere.
 * Sources: Mezzadri, Notices of the AMS 54 (2007), section 5; Giraud et al., Numerische Mathematik 101 (2005), “twice is enough”.
 */
function orthonormal(count: number, size: number, normal: () => number): Float64Array[] {
  const found: Float64Array[] = []
  while (found.length < count) {
    const vector = Float64Array.from({ length: size }, normal)
    for (let pass = 0; pass < 2; pass++) found.forEach((direction) => takeAway(vector, direction))
    toLengthOne(vector)
    found.push(vector)
  }
  return found
}

/** The array as a matrix whose columns are its last axis; the shorter of rows and columns become orthonormal. */
export const orthogonal: InitializerKind = {
  type: 'orthogonal',
  order: 65,
  label: 'Orthogonal',
  help: 'Rows, or columns, at right angles to each other and of length 1, so that a signal keeps its size. The usual start of recurrent weights.',
  formula: String.raw`W W^\top = I \ \text{ or } \ W^\top W = I, \quad W = Q \text{ of } A = Q R,\ a_{ij} \sim N(0, 1),\ r_{ii} > 0`,
  source:
    'Saxe, McClelland, Ganguli, “Exact solutions to the nonlinear dynamics of learning in deep linear neural networks”, ICLR 2014, section 3; shapes as in Keras’s Orthogonal with a gain of 1',
  schema: noSettings,
  fill(values, { shape }, random) {
    const columns = shape.at(-1) ?? 1
    const rows = values.length / columns
    const wide = rows <= columns
    const vectors = orthonormal(Math.min(rows, columns), Math.max(rows, columns), () => random.normal())
    vectors.forEach((vector, i) =>
      vector.forEach((value, j) => (values[wide ? i * columns + j : j * columns + i] = value)),
    )
  },
}
