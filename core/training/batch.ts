import type { Numbers, Program } from '../backends/backend'
import type { Matrix, PreparedData } from '../data/prepared'

/** From so many numbers in a row on, one copy is quicker than going through them; measured. */
const WIDE = 64

/** Copies rows `order[from] .. order[from + count - 1]` of a matrix one after another into `target`. */
export function gatherRows(
  target: Numbers,
  matrix: Matrix,
  order: Uint32Array,
  from: number,
  count: number,
): void {
  const { width, values } = matrix
  let to = 0
  for (let i = from; i < from + count; i++) {
    const start = order[i]! * width
    if (width < WIDE) for (let j = 0; j < width; j++) target[to + j] = values[start + j]!
    else target.set(values.subarray(start, start + width), to)
    to += width
  }
}

/** Rows `rows[from] .. rows[from + count - 1]` of the prepared data. */
export interface Batch {
  readonly rows: Uint32Array
  readonly from: number
  readonly count: number
}

/** Where batches come from: prepared data, and how much each row counts. */
export class BatchSource {
  constructor(
    private readonly data: PreparedData,
    /** Left out, all rows count alike. */
    private readonly weights: Float32Array | undefined,
  ) {}

  /** Writes a batch into a plan's inputs. */
  feed(program: Program, { rows, from, count }: Batch): void {
    const { data, weights } = this
    this.feedFeatures(program, { rows, from, count })
    gatherRows(program.input('targets'), data.targets, rows, from, count)
    if (!weights) return
    const matrix = { rows: weights.length, width: 1, values: weights }
    gatherRows(program.input('weights'), matrix, rows, from, count)
  }

  feedFeatures(program: Program, { rows, from, count }: Batch): void {
    gatherRows(program.input('features'), this.data.features, rows, from, count)
  }

  /** What rows count: how many they are, or the sum of their weights. */
  weightOf({ rows, from, count }: Batch): number {
    const { weights } = this
    if (!weights) return count
    let sum = 0
    for (let i = from; i < from + count; i++) sum += weights[rows[i]!]!
    return sum
  }

  /** What one row counts. */
  weightAt = (row: number): number => this.weights?.[row] ?? 1

  copy({ rows, from, count }: Batch): { features: Float32Array; targets: Float32Array; rows: number } {
    const { features, targets } = this.data
    const copyOf = (matrix: Matrix): Float32Array => {
      const copy = new Float32Array(count * matrix.width)
      gatherRows(copy, matrix, rows, from, count)
      return copy
    }
    return { features: copyOf(features), targets: copyOf(targets), rows: count }
  }
}
