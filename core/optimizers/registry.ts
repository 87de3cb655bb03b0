import { createRegistry } from '../catalog/registry'
import * as kinds from './kinds'
import type { OptimizerKind } from './optimizer'

export const optimizers = createRegistry<OptimizerKind>('optimizer', kinds)
