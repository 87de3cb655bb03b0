import { createRegistry } from '../catalog/registry'
import * as kinds from './kinds'
import type { MetricKind } from './metric'

export const metrics = createRegistry<MetricKind>('metric', kinds)
