import { createRegistry } from '../catalog/registry'
import * as kinds from './kinds'
import type { LayerKind } from './layer'

export const layers = createRegistry<LayerKind>('layer', kinds)
