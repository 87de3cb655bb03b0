import { z } from 'zod'
import { experimentSchema } from './schema'

/** The JSON Schema of experiment files, for editors that complete and check them. */
export function experimentJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(experimentSchema, { io: 'input', target: 'draft-2020-12' })
  return { ...schema, title: 'Nabla Lab experiment' }
}
