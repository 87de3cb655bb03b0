import { sizeOf } from '../../../graph/shape'
import { invoke } from '../invocation'
import type { Lowering } from './lowering'

export const random: Lowering = (call, place) => [
  invoke(
    'random',
    place.address(call.output),
    sizeOf(call.output.shape),
    place.workspace(32),
    call.attributes['stream'] as number,
    { seed: 0 },
    { seed: 1 },
    { seed: 2 },
  ),
]
