import { createRegistry } from '../catalog/registry'
import * as kinds from './kinds'
import type { LossKind } from './loss'

export const losses = createRegistry<LossKind>('loss', kinds)
