import { z } from 'zod'

/** `entry` lets the published JSON Schema tell that any layer may stand here. */
const layerEntry = z.looseObject({ type: z.string() }).meta({ entry: 'layer' })

/** A list of layers inside a block; each is checked by the registry, as those of the whole network are. */
export const layerList = () => z.array(layerEntry).min(1).max(64)
