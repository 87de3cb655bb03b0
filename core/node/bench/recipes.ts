import { sampleTexts } from '../../data/samples/sample-texts'
import type { Random } from '../../random/random'

/** Numbers to train on, row by row; a class is its number. */
export interface MadeUpData {
  /** [rows, inputs] */
  readonly features: Float32Array
  readonly targets: Float32Array
}

/** Makes so many rows. The same stream gives the same numbers. */
export type Recipe = (rows: number, random: Random) => MadeUpData

/** Four decimals, so that text and binary files hold the same numbers. */
const rounded = (value: number): number => Math.round(value * 1e4) / 1e4

const clip = (value: number): number => Math.min(1, Math.max(0, value))

const drawn = (count: number, draw: () => number): Float64Array => Float64Array.from({ length: count }, draw)

/** The built-in iris sample, each column with mean 0 and deviation 1. */
export const irises: Recipe = (rows) => {
  const lines = sampleTexts
    .iris!.trim()
    .split(/\r?\n/)
    .slice(1, rows + 1)
  const cells = lines.map((line) => line.split(','))
  const species = [...new Set(cells.map((row) => row.at(-1)!))]
  const features = new Float32Array(cells.length * 4)
  for (let column = 0; column < 4; column++) {
    const values = cells.map((row) => Number(row[column]))
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length)
    values.forEach((value, row) => (features[row * 4 + column] = rounded((value - mean) / deviation)))
  }
  return { features, targets: Float32Array.from(cells, (row) => species.indexOf(row.at(-1)!)) }
}

/** Thirty normal columns; which half a small network of tanh units puts a row in, one label in twenty turned over. */
export const teacher: Recipe = (rows, random) => {
  const [inputs, hidden] = [30, 24]
  const features = Float32Array.from({ length: rows * inputs }, () => rounded(random.normal()))
  const inner = drawn(inputs * hidden, () => random.normal() / 2)
  const outer = drawn(hidden, () => random.normal())
  const scores = Float64Array.from({ length: rows }, (_, row) => {
    let score = 0
    for (let unit = 0; unit < hidden; unit++) {
      let sum = 0
      for (let i = 0; i < inputs; i++) sum += features[row * inputs + i]! * inner[i * hidden + unit]!
      score += outer[unit]! * Math.tanh(sum)
    }
    return score
  })
  const middle = [...scores].sort((a, b) => a - b)[rows >> 1]!
  const targets = Float32Array.from(scores, (score) => {
    const label = Number(score > middle)
    return random.uniform() < 0.05 ? 1 - label : label
  })
  return { features, targets }
}

/** 28 × 28 grey dots in ten classes of three prototypes each, with much noise; three labels in a hundred are random. */
export const clusters: Recipe = (rows, random) => {
  const [inputs, classes, kinds] = [784, 10, 3]
  const prototypes = drawn(classes * kinds * inputs, () => Number(random.uniform() < 0.2))
  const features = new Float32Array(rows * inputs)
  const targets = new Float32Array(rows)
  for (let row = 0; row < rows; row++) {
    const label = random.integer(classes)
    const start = (label * kinds + random.integer(kinds)) * inputs
    for (let i = 0; i < inputs; i++)
      features[row * inputs + i] = rounded(clip(prototypes[start + i]! / 2 + 0.6 * random.normal()))
    targets[row] = random.uniform() < 0.03 ? random.integer(classes) : label
  }
  return { features, targets }
}

/** 28 × 28 images: one of ten blocky 12 × 12 shapes, somewhere near the middle, and noise. */
export const placedShapes: Recipe = (rows, random) => {
  const [side, inputs, classes] = [28, 784, 10]
  const shapes = drawn(classes * 36, () => Number(random.uniform() > 0.5))
  const features = new Float32Array(rows * inputs)
  const targets = new Float32Array(rows)
  for (let row = 0; row < rows; row++) {
    const label = random.integer(classes)
    const [top, left] = [7 + random.integer(3), 7 + random.integer(3)]
    for (let y = 0; y < side; y++)
      for (let x = 0; x < side; x++) {
        const [v, u] = [y - top, x - left]
        const inside = u >= 0 && u < 12 && v >= 0 && v < 12
        const ink = inside ? shapes[label * 36 + (v >> 1) * 6 + (u >> 1)]! : 0
        features[row * inputs + y * side + x] = rounded(clip(ink + random.normal() / 4))
      }
    targets[row] = label
  }
  return { features, targets }
}

/** 32 steps of 8 numbers; the target is a sum that forgets, of the first where the second is above 0, and of the third. */
export const gatedSums: Recipe = (rows, random) => {
  const [steps, width] = [32, 8]
  const features = Float32Array.from({ length: rows * steps * width }, () => rounded(random.normal()))
  const sums = Float64Array.from({ length: rows }, (_, row) => {
    let sum = 0
    for (let step = 0; step < steps; step++) {
      const at = (row * steps + step) * width
      const gated = features[at + 1]! > 0 ? features[at]! : 0
      sum = 0.85 * sum + 0.3 * gated + 0.15 * Math.tanh(features[at + 2]!)
    }
    return sum
  })
  const mean = sums.reduce((total, sum) => total + sum, 0) / rows
  const deviation = Math.sqrt(sums.reduce((total, sum) => total + (sum - mean) ** 2, 0) / rows)
  return { features, targets: Float32Array.from(sums, (sum) => rounded(sum / deviation)) }
}
