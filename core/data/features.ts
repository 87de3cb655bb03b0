import type { Matrix } from './prepared'

/** Whole numbers of a column, as narrow as they fit. */
export type Codes = Uint8Array | Uint16Array | Uint32Array

/** One category column: of its inputs the one at `start + code` is 1 and the others are 0; a code of `width` or more gives zeros. */
export interface CodedInputs {
  /** First of its inputs. */
  readonly start: number
  readonly width: number
  /** One for each row. */
  readonly codes: Codes
}

/**
 * Network inputs of many rows, kept small: `width` inputs, of which numbers stand in `values` and categories as codes
 * that only a batch expands, so that a category of 500 levels costs two bytes a row. Without categories it is a matrix.
 */
export interface Features extends Matrix {
  /** Left out: all inputs are numbers. */
  readonly categories?: {
    /** The input that each column of `values` [rows, places.length] holds. */
    readonly places: Uint32Array
    readonly coded: readonly CodedInputs[]
  }
}

/** Bytes of a code that is at most so large. */
export const codeBytes = (largest: number): 1 | 2 | 4 => (largest < 0x100 ? 1 : largest < 0x1_0000 ? 2 : 4)

/** Room for the codes of so many rows, zero at first. */
export function makeCodes(
  rows: number,
  largest: number,
  allocate: (bytes: number) => ArrayBufferLike,
): Codes {
  const bytes = codeBytes(largest)
  const memory = allocate(rows * bytes)
  return bytes === 1
    ? new Uint8Array(memory)
    : bytes === 2
      ? new Uint16Array(memory)
      : new Uint32Array(memory)
}

/** Writes all inputs of row `row` to `target` from `to` on. */
export function expandRow(
  target: Float32Array | Float64Array,
  to: number,
  { width, values }: Features,
  { places, coded }: NonNullable<Features['categories']>,
  row: number,
): void {
  target.fill(0, to, to + width)
  const from = row * places.length
  for (let i = 0; i < places.length; i++) target[to + places[i]!] = values[from + i]!
  for (let i = 0; i < coded.length; i++) {
    const { start, width: levels, codes } = coded[i]!
    const code = codes[row]!
    if (code < levels) target[to + start + code] = 1
  }
}

/** Inputs of all rows, [rows, width], with categories spread out. */
export function expandFeatures(features: Features): Float32Array {
  const { categories, rows, width, values } = features
  if (!categories) return values
  const all = new Float32Array(rows * width)
  for (let row = 0; row < rows; row++) expandRow(all, row * width, features, categories, row)
  return all
}

/** Reads what stands for one column, whose first input is `start`: its number, or the code of its category. */
export function storedReader(
  { values, width, categories }: Features,
  start: number,
): (row: number) => number {
  const codes = categories?.coded.find((category) => category.start === start)?.codes
  if (codes) return (row) => codes[row]!
  const stride = categories?.places.length ?? width
  const place = categories?.places.indexOf(start) ?? start
  return (row) => values[row * stride + place]!
}

/** Puts numbers [rows, width] in the place of inputs from `start` on, none of them spread out, of the given rows. */
export function writeInputs(
  { width: all, values: stored, categories }: Features,
  rows: Uint32Array,
  { start, width, values }: { readonly start: number; readonly width: number; readonly values: Float64Array },
): void {
  const stride = categories?.places.length ?? all
  const place = categories?.places.indexOf(start) ?? start
  for (let i = 0, from = 0; i < rows.length; i++)
    for (let k = 0; k < width; k++) stored[rows[i]! * stride + place + k] = values[from++]!
}
