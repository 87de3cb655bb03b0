import type { ChartKind } from './chart'
import * as kinds from './kinds'

/** Every chart. Each has its own feed, so a caller that has one imports the kind itself. */
export const charts: readonly ChartKind<never>[] = Object.values(kinds)
