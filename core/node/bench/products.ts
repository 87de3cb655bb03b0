import type { Backend } from '../../backends/backend'
import { Graph } from '../../graph/graph'
import { input, matmul } from '../../graph/ops'
import { planGraph } from '../../graph/planner'
import { createTrainingBackend } from '../backend'
import { secondsOf } from './seconds-of'
import { median } from './statistics'

/** How fast one way of storing the operands of a product is. */
export interface ProductSpeed {
  /** `Aᵀ·B` */
  readonly name: string
  readonly median: number
  readonly fastest: number
}

/** Rows, terms of each sum, and columns: the first layer of a network for small pictures, in a batch of 128. */
export const productSize = [128, 784, 256] as const

const ways = [
  { name: 'A·B', transposeA: false, transposeB: false },
  { name: 'Aᵀ·B', transposeA: true, transposeB: false },
  { name: 'A·Bᵀ', transposeA: false, transposeB: true },
  { name: 'Aᵀ·Bᵀ', transposeA: true, transposeB: true },
]

type Way = (typeof ways)[number]

/**
 * Timed stretches of each way, and products in each: shorter than other programs' turns on the same core, so that a machine
 * that slows down does so for all ways, and enough stretches of each are left alone.
 */
const STRETCHES = 101
const PRODUCTS = 2
/** What the first stretches compile is so after a few. */
const WARM = 5

/**
 * GFLOP/s of the wasm backend's products on one thread, for each way that forward and backward passes store operands.
 * @param clock seconds that the processor has worked for this process: other programs' turns do not count
 */
export function timeProducts(clock: () => number): ProductSpeed[] {
  const speeds = ways.map((): number[] => [])
  const runs = ways.map((way) => productOf(way, createTrainingBackend()))
  for (let stretch = -WARM; stretch < STRETCHES; stretch++)
    runs.forEach((run, i) => {
      // The other ways' numbers are in the cache.
      run()
      const seconds = secondsOf(() => {
        for (let product = 0; product < PRODUCTS; product++) run()
      }, clock)
      if (stretch >= 0) speeds[i]!.push((PRODUCTS * flops) / seconds / 1e9)
    })
  return ways.map(({ name }, i) => ({ name, median: median(speeds[i]!), fastest: Math.max(...speeds[i]!) }))
}

const flops = 2 * productSize[0] * productSize[1] * productSize[2]

function productOf({ transposeA, transposeB }: Way, backend: Backend): () => void {
  const [m, k, n] = productSize
  const graph = new Graph()
  const a = input(graph, 'a', transposeA ? [k, m] : [m, k])
  const b = input(graph, 'b', transposeB ? [n, k] : [k, n])
  const plan = planGraph({ graph, outputs: { y: matmul(a, b, transposeA, transposeB) } })
  const program = backend.load(plan, backend.createStore({}))
  for (const name of ['a', 'b'])
    program.input(name).forEach((_, i, all) => (all[i] = ((i * 7) % 13) / 13 - 0.5))
  return () => program.run({ key: [0, 0], step: 0 })
}
