import { z } from 'zod'

/** A list of layers inside a block; each is checked by the registry, as those of the whole network are. */
export const layerList = () =>
  z
    .array(z.looseObject({ type: z.string() }))
    .min(1)
    .max(64)
