import type { Kind } from '../../../core/catalog/kind'
import type { Registry } from '../../../core/catalog/registry'
import * as readingKinds from '../../../core/data/cells/rules/kinds'
import { readings } from '../../../core/data/cells/rules/registry'
import * as initializerKinds from '../../../core/initializers/kinds'
import { initializers } from '../../../core/initializers/registry'
import * as layerKinds from '../../../core/layers/kinds'
import { layers } from '../../../core/layers/registry'
import * as lossKinds from '../../../core/losses/kinds'
import { losses } from '../../../core/losses/registry'
import * as metricKinds from '../../../core/metrics/kinds'
import { metrics } from '../../../core/metrics/registry'
import * as optimizerKinds from '../../../core/optimizers/kinds'
import { optimizers } from '../../../core/optimizers/registry'
import * as scheduleKinds from '../../../core/schedules/kinds'
import { schedules } from '../../../core/schedules/registry'

interface Room {
  readonly room: string
  readonly registry: Registry<Kind>
  readonly exported: Record<string, Kind>
}

/** Every room of kinds, with what its kinds.ts exports. */
export const rooms: readonly Room[] = [
  { room: 'layers', registry: layers, exported: layerKinds },
  { room: 'losses', registry: losses, exported: lossKinds },
  { room: 'optimizers', registry: optimizers, exported: optimizerKinds },
  { room: 'schedules', registry: schedules, exported: scheduleKinds },
  { room: 'initializers', registry: initializers, exported: initializerKinds },
  { room: 'metrics', registry: metrics, exported: metricKinds },
  { room: 'data/cells/rules', registry: readings, exported: readingKinds },
]
