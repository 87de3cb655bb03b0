import { z } from 'zod'
import type { Kind } from '../catalog/kind'
import type { Registry } from '../catalog/registry'
import { clips, encoders, fills, scales } from '../data/preparing/registries'
import { layers } from '../layers/registry'
import { losses } from '../losses/registry'
import { optimizers } from '../optimizers/registry'
import { schedules } from '../schedules/registry'
import { experimentSchema } from './schema'

type Json = Record<string, unknown>

/** Where the experiment file holds an entry of each registry. */
const entries: Readonly<Record<string, Registry<Kind>>> = {
  layer: layers,
  loss: losses,
  optimizer: optimizers,
  schedule: schedules,
}

/** Those whose kinds may stand by their names alone. */
const named: Readonly<Record<string, Registry<Kind>>> = {
  fill: fills,
  clip: clips,
  encoding: encoders,
  scale: scales,
}

/**
 * The JSON Schema (draft 2020-12) of experiment files, for editors that complete and check them. It knows every kind
 * and its settings.
 */
export function experimentJsonSchema(): Json {
  const { properties, ...schema } = z.toJSONSchema(experimentSchema, { io: 'input' }) as Json & {
    properties: Json
  }
  const definitions = Object.fromEntries([
    ...Object.entries(entries).map(([name, registry]) => [name, { anyOf: entriesOf(registry) }] as const),
    ...Object.entries(named).map(([name, registry]) => [name, byName(registry)] as const),
  ])
  const entry = (name: string): Json => ({ $ref: `#/$defs/${name}` })
  return {
    ...schema,
    title: 'Nabla Lab experiment',
    properties: {
      ...(linked(properties) as Json),
      network: { type: 'array', minItems: 1, items: entry('layer') },
      loss: entry('loss'),
      optimizer: entry('optimizer'),
      schedule: entry('schedule'),
    },
    $defs: definitions,
  }
}

const entriesOf = (registry: Registry<Kind>): Json[] => registry.list.map(entryOf)

const byName = (registry: Registry<Kind>): Json => ({
  anyOf: [{ enum: registry.list.map(({ type }) => type) }, ...entriesOf(registry)],
})

/** Wherever a setting holds an entry of a registry, such as the layers inside a block, the registry's own schema. */
function linked(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(linked)
  if (schema === null || typeof schema !== 'object') return schema
  if ('entry' in schema && typeof schema.entry === 'string') return { $ref: `#/$defs/${schema.entry}` }
  return Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, linked(value)]))
}

/** A kind's settings with its type beside them, as they stand in the file. */
function entryOf(kind: Kind): Json {
  const { properties = {}, required = [] } = z.toJSONSchema(kind.schema, { io: 'input' }) as {
    properties?: Json
    required?: string[]
  }
  return {
    type: 'object',
    title: kind.label,
    description: kind.help,
    properties: { type: { const: kind.type }, ...(linked(properties) as Json) },
    required: ['type', ...required],
    additionalProperties: false,
  }
}
