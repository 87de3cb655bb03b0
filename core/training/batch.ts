import type { Numbers, Program } from '../backends/backend'
import { Place } from '../backends/place'
import { expandRow, type Features } from '../data/features'
import type { Matrix, PreparedData } from '../data/prepared'

/** From so many numbers in a row on, one copy is quicker than going through them; measured. */
const WIDE = 64

/** Copies rows `order[from] .. order[from + count - 1]` one after another into `target`, categories spread out. */
export function gatherRows(
  target: Numbers,
  features: Features,
  order: Uint32Array,
  from: number,
  count: number,
): void {
  const { width, values, categories } = features
  let to = 0
  if (categories) {
    for (let i = from; i < from + count; i++, to += width)
      expandRow(target, to, features, categories, order[i]!)
    return
  }
  for (let i = from; i < from + count; i++) {
    const start = order[i]! * width
    if (width < WIDE) for (let j = 0; j < width; j++) target[to + j] = values[start + j]!
    else target.set(values.subarray(start, start + width), to)
    to += width
  }
}

/** The first `count` numbers of `values` into `target` from `to` on. A loop, as `set` between unlike kinds of arrays is slower. */
export function copyNumbers(values: Numbers, count: number, target: Float64Array, to: number): void {
  for (let i = 0; i < count; i++) target[to + i] = values[i]!
}

/** Rows `rows[from] .. rows[from + count - 1]` of the prepared data. */
export interface Batch {
  readonly rows: Uint32Array
  readonly from: number
  readonly count: number
}

/** Where a program takes a batch from. */
export interface BatchPlaces {
  readonly features: Place
  readonly targets: Place
  /** Left out where all rows count alike. */
  readonly weights?: Place
}

/** Where batches come from: prepared data, and how much each row counts. */
export class BatchSource {
  private readonly weightColumn: Matrix | undefined

  constructor(
    private readonly data: PreparedData,
    /** Left out, all rows count alike. */
    private readonly weights: Float32Array | undefined,
  ) {
    this.weightColumn = weights && { rows: weights.length, width: 1, values: weights }
  }

  /** Looks up where a program takes its batches from. */
  placesOf(program: Program): BatchPlaces {
    return {
      features: Place.input(program, 'features'),
      targets: Place.input(program, 'targets'),
      ...(this.weights && { weights: Place.input(program, 'weights') }),
    }
  }

  /** Writes a batch into a program's inputs. */
  feed({ features, targets, weights }: BatchPlaces, batch: Batch): void {
    const { rows, from, count } = batch
    this.feedFeatures(features, batch)
    gatherRows(targets.numbers, this.data.targets, rows, from, count)
    if (weights) gatherRows(weights.numbers, this.weightColumn!, rows, from, count)
  }

  feedFeatures(place: Place, { rows, from, count }: Batch): void {
    gatherRows(place.numbers, this.data.features, rows, from, count)
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
    const copyOf = (matrix: Features): Float32Array => {
      const copy = new Float32Array(count * matrix.width)
      gatherRows(copy, matrix, rows, from, count)
      return copy
    }
    return { features: copyOf(features), targets: copyOf(targets), rows: count }
  }
}
