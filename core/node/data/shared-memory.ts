import type { Allocate } from '../../data/apply'

/** Memory that worker threads pass on without copying. */
export const allocateShared: Allocate = (bytes) => new SharedArrayBuffer(bytes)
