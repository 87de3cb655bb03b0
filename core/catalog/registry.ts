import { z } from 'zod'
import { LabError } from '../errors/lab-error'
import type { Config, Entry, Kind } from './kind'
import { cameWords, refusalOf } from './schema-words'
import { suggest } from './suggest'

/** A room's kinds by type, in the order people see them. */
export interface Registry<K extends Kind> {
  /** What one member is called in messages: `layer`, `loss`, ... */
  readonly name: string
  readonly list: readonly K[]
  has(type: string): boolean
  /** @throws LabError `unknown-kind`, with the nearest known name. */
  get(type: string, path?: string): K
  /** Checks an entry and fills its defaults. @throws LabError `unknown-kind` or `bad-setting`. */
  parse(entry: unknown, path?: string): Entry
  /** A fresh entry with all defaults. */
  create(type: string): Entry
}

const quote = (names: readonly string[]): string => names.join(', ')

/** Makes a registry of a `kinds.ts` module: `createRegistry('layer', kinds)`. */
export function createRegistry<K extends Kind>(name: string, kinds: Record<string, K>): Registry<K> {
  const list = Object.values(kinds).sort((a, b) => a.order - b.order)
  const byType = new Map(list.map((kind) => [kind.type, kind]))
  const get = (type: string, path?: string): K =>
    byType.get(type) ?? refuse(name, type, [...byType.keys()], path)
  const parse = (entry: unknown, path = name): Entry => {
    const { type, ...settings } = readEntry(name, entry, path)
    return { type, ...parseSettings(get(type, `${path}.type`), settings, path) }
  }
  return { name, list, has: (type) => byType.has(type), get, parse, create: (type) => parse({ type }) }
}

function readEntry(name: string, entry: unknown, path: string): Entry {
  if (entry && typeof entry === 'object' && 'type' in entry && typeof entry.type === 'string')
    return entry as Entry
  throw new LabError({
    code: 'bad-setting',
    expected: `a ${name} such as { "type": "..." }`,
    came: JSON.stringify(entry) ?? 'nothing',
    advice: `Give the ${name} a "type".`,
    place: { path },
  })
}

/** @throws LabError `unknown-kind`, always: with the nearest known name. */
export function refuse(name: string, type: string, known: readonly string[], path?: string): never {
  const near = suggest(type, known)
  throw new LabError({
    code: 'unknown-kind',
    expected: `a known ${name}`,
    came: `"${type}"`,
    advice: near ? `Did you mean "${near}"? Known: ${quote(known)}.` : `Take one of: ${quote(known)}.`,
    place: { path },
  })
}

/** Checks settings against a kind's schema; unknown names are refused with the nearest known one. */
export function parseSettings(kind: Kind, settings: Config, path: string): Config {
  const known = knownFields(kind.schema)
  const stranger = known && Object.keys(settings).find((field) => !known.includes(field))
  if (stranger !== undefined && known) refuseSetting(kind, stranger, known, path)
  const result = kind.schema.safeParse(settings)
  if (result.success) return result.data
  const refusal = refusalOf(kind.schema, settings)!
  const field = [...refusal.path, ...(refusal.unknown ? [refusal.unknown.field] : [])].map(String).join('.')
  const came = cameWords(refusal.unknown ? refusal.unknown.field : refusal.value)
  throw new LabError({
    code: 'bad-setting',
    expected: refusal.expected,
    came: field ? `${field} = ${came}` : came,
    advice: `Change "${field}" of ${kind.type}.`,
    place: { path: field ? `${path}.${field}` : path },
  })
}

const knownFields = (schema: z.ZodType): string[] | undefined =>
  schema instanceof z.ZodObject ? Object.keys(schema.shape) : undefined

function refuseSetting(kind: Kind, field: string, known: readonly string[], path: string): never {
  const near = suggest(field, known)
  throw new LabError({
    code: 'bad-setting',
    expected: known.length
      ? `one of the settings of ${kind.type}: ${quote(known)}`
      : `no settings, as ${kind.type} has none`,
    came: `"${field}"`,
    advice: near ? `Did you mean "${near}"?` : `Remove "${field}".`,
    place: { path: `${path}.${field}` },
  })
}
