import { createRegistry } from '../../../catalog/registry'
import * as kinds from './kinds'
import type { ReadingKind } from './reading-kind'

/** The rules for single cells, in the order in which they are taken. */
export const readings = createRegistry<ReadingKind>('rule for cells', kinds)
