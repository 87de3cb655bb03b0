import { convolutions } from './convolutions'
import type { Lowering } from './lowering'
import { products } from './products'
import { random } from './random'
import { reductions } from './reductions'
import { rows } from './rows'
import { shapes } from './shapes'
import { windows } from './windows'

/** How each op that is not elementwise becomes calls of kernels; a new op is one line in one of these. */
export const lowerings: Readonly<Record<string, Lowering>> = {
  ...shapes,
  ...reductions,
  ...products,
  ...rows,
  ...windows,
  ...convolutions,
  random,
}
