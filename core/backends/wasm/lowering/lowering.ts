import type { Region } from '../../../graph/op'
import type { KernelCall } from '../../../graph/plan'
import type { Invocation } from '../invocation'

/** What lowering may ask of the place that it lowers for. */
export interface Placement {
  /** Address in bytes of a region's first element. */
  address(region: Region): number
  /** Writes whole numbers into memory and gives their address. */
  words(values: readonly number[]): number
  /** At least so many bytes that are free during one call; parts of a call that run at once need places of their own. */
  workspace(bytes: number, part?: number): number
  /** Bytes that a product of inner size k and width n needs as workspace. */
  matmulWorkspace(k: number, n: number): number
}

/** Turns one call of a plan into calls of compiled kernels. */
export type Lowering = (call: KernelCall, place: Placement) => Invocation[]
