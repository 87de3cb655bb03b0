import { z } from 'zod'
import type { Kind } from './kind'

/** One control of a kind's form, made from its schema. */
export interface FormField {
  readonly name: string
  readonly label: string
  readonly help: string
  /**
   * `list`: whole numbers with commas between; where one is enough, it may stand without brackets in a file.
   * `words`: words with commas between; a word that says how they are found may stand in their place.
   * `rows`: a short table with a column for each of `columns`.
   * `layers`: the layers inside a block, which no single field can show.
   */
  readonly control: 'integer' | 'number' | 'switch' | 'choice' | 'list' | 'words' | 'rows' | 'layers' | 'text'
  readonly fallback: unknown
  readonly minimum?: number
  readonly maximum?: number
  /** True where the bound itself is not allowed. */
  readonly exclusiveMinimum?: boolean
  readonly exclusiveMaximum?: boolean
  readonly choices?: readonly string[]
  /** Of `words`: what may stand in the place of a list. */
  readonly instead?: readonly string[]
  /** Of `rows`: the fields of each row. */
  readonly columns?: readonly FormField[]
  /** Shown folded away until asked for. */
  readonly advanced: boolean
  /** A number that may change while a training runs: no weights depend on it. */
  readonly changeable: boolean
}

interface JsonField {
  type?: string
  /** Of a setting that may be written in several ways: the first is the one that the form shows. */
  anyOf?: JsonField[]
  /** Of a list. */
  items?: JsonObject & { type?: string; additionalProperties?: unknown }
  enum?: string[]
  const?: unknown
  minimum?: number
  maximum?: number
  exclusiveMinimum?: number
  exclusiveMaximum?: number
  default?: unknown
  label?: string
  help?: string
  advanced?: boolean
  changeable?: boolean
}

interface JsonObject {
  properties?: Record<string, JsonField>
}

const controls: Record<string, FormField['control']> = {
  integer: 'integer',
  number: 'number',
  boolean: 'switch',
  array: 'list',
}

/** The form of a kind, in the order of its schema. */
export function fieldsOf(kind: Pick<Kind, 'schema'>): FormField[] {
  return fieldsIn(z.toJSONSchema(kind.schema, { io: 'input' }) as JsonObject)
}

const fieldsIn = ({ properties = {} }: JsonObject): FormField[] =>
  Object.entries(properties).map(([name, field]) => toField(name, field))

/** A list of objects whose fields are all known; layers have further ones. */
const isRows = ({ type, items }: JsonField): boolean =>
  type === 'array' && items?.type === 'object' && items.additionalProperties === false

function controlOf(field: JsonField): FormField['control'] {
  if (field.enum) return 'choice'
  if (isRows(field)) return 'rows'
  if ([field, ...(field.anyOf ?? [])].some(({ type, items }) => type === 'array' && items?.type === 'string'))
    return 'words'
  const shown = field.type === undefined ? (field.anyOf?.[0] ?? field) : field
  const holdsLayers = shown.type === 'array' && ['object', 'array'].includes(shown.items?.type ?? '')
  return holdsLayers ? 'layers' : (controls[shown.type ?? ''] ?? 'text')
}

function toField(name: string, field: JsonField): FormField {
  return {
    name,
    label: field.label ?? name,
    help: field.help ?? '',
    control: controlOf(field),
    fallback: field.default,
    minimum: field.exclusiveMinimum ?? field.minimum,
    maximum: field.exclusiveMaximum ?? field.maximum,
    exclusiveMinimum: field.exclusiveMinimum !== undefined,
    exclusiveMaximum: field.exclusiveMaximum !== undefined,
    choices: field.enum,
    instead: field.anyOf?.flatMap(({ const: word }) => (typeof word === 'string' ? [word] : [])),
    ...(isRows(field) && { columns: fieldsIn(field.items!) }),
    advanced: field.advanced ?? false,
    changeable: field.changeable ?? false,
  }
}
