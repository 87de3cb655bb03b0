import { z } from 'zod'

type Schema = z.core.$ZodType
type Path = readonly PropertyKey[]

interface JsonSchema {
  readonly type?: string | readonly string[]
  readonly anyOf?: readonly JsonSchema[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly items?: JsonSchema
  readonly minItems?: number
  readonly maxItems?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly exclusiveMinimum?: number
  readonly exclusiveMaximum?: number
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: JsonSchema | boolean
}

/** The first thing that a schema refuses of a value. */
export interface Refusal {
  readonly path: Path
  /** What may stand there, in words: allowed values, ranges, fields. */
  readonly expected: string
  /** What stands there; undefined where nothing does. */
  readonly value: unknown
  /** A field that is not known, and those that are. */
  readonly unknown?: { readonly field: string; readonly known: readonly string[] }
  /** What the value would have to be one of, or what it is refused by. */
  readonly choices: readonly string[]
  readonly schema: Schema
}

/**
 * Says in words why a schema refuses a value; nothing where it takes it. The words are made from the schema, so that they
 * tell all that is allowed, and never are the schema library's own.
 */
export function refusalOf(schema: Schema, value: unknown): Refusal | undefined {
  const { error } = z.safeParse(schema, value)
  if (!error) return undefined
  // A misspelt field explains a missing one, so it is told first.
  const issue = error.issues.find(({ code }) => code === 'unrecognized_keys') ?? error.issues[0]!
  const { schema: at, path } = schemaAt(schema, issue.path)
  const common = { path, value: valueAt(value, path), schema: at }
  if (issue.code === 'unrecognized_keys') {
    const known = fieldsOf(at)
    const field = issue.keys[0]!
    const expected = known.length > 0 ? `one of the fields ${known.join(', ')}` : 'no fields'
    return { ...common, expected, unknown: { field, known }, choices: [] }
  }
  const json = toJson(at)
  // Who wrote words of their own into a schema says it best.
  const told = issue.code === 'custom' ? issue.message : ownWords(unwrap(at), issue)
  return { ...common, expected: told ?? inWords(json), choices: (json.enum ?? []).map(String) }
}

/** The same as one sentence for a form's field. */
export function expectationOf(schema: Schema, value: unknown): string | undefined {
  const refusal = refusalOf(schema, value)
  return refusal && `Expected ${refusal.expected}.`
}

/** The JSON of a value on one line, as far as it is short; `nothing` where there is none. */
export function cameWords(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value)
  return text.length > 80 ? `${text.slice(0, 79)}…` : text
}

function ownWords(schema: Schema, issue: z.core.$ZodIssue): string | undefined {
  const words = schema._zod.def.error as z.core.$ZodErrorMap | undefined
  const told = words?.(issue as z.core.$ZodRawIssue)
  return typeof told === 'string' ? told : told?.message
}

const toJson = (schema: Schema): JsonSchema => z.toJSONSchema(schema, { io: 'input' }) as JsonSchema

/** What a schema takes: `a whole number from 1 to 64`, `one of "a", "b"`, `true or false`, … */
function inWords(json: JsonSchema): string {
  if (json.enum) return `one of ${json.enum.map((value) => JSON.stringify(value)).join(', ')}`
  if ('const' in json) return JSON.stringify(json.const)
  if (json.anyOf) return json.anyOf.map(inWords).join(', or ')
  const types = typeof json.type === 'string' ? [json.type] : (json.type ?? [])
  return types.map((type) => kinds[type]?.(json) ?? type).join(', or ') || 'another value'
}

const kinds: Readonly<Record<string, (json: JsonSchema) => string>> = {
  boolean: () => 'true or false',
  null: () => 'null',
  number: (json) => `a number${range(json)}`,
  integer: (json) => `a whole number${range(json)}`,
  string: ({ minLength, maxLength }) => `text in quotes${size(minLength, maxLength, 'character')}`,
  array: ({ items, minItems, maxItems }) => {
    const each = items && Object.keys(items).length > 0 ? `, each ${inWords(items)}` : ''
    return `a list [ … ]${size(minItems, maxItems, 'entry', 'entries')}${each}`
  },
  object: ({ properties = {}, required = [], additionalProperties: others }) => {
    const names = Object.keys(properties)
    const needed = names.filter((name) => required.includes(name)).map((name) => `"${name}"`)
    if (needed.length > 0) return `an object { … } with ${needed.join(' and ')}`
    if (names.length > 0) return `an object { … } of ${names.map((name) => `"${name}"`).join(', ')}`
    const isWords = typeof others === 'object' && Object.keys(others).length > 0
    return isWords ? `an object { … } of names, each with ${inWords(others)}` : 'an object { … }'
  },
}

const count = (value: number): string => value.toLocaleString('en', { maximumFractionDigits: 20 })

function range({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: JsonSchema): string {
  // The largest safe integers are JSON Schema's way to say "no bound".
  const low = minimum !== undefined && minimum > Number.MIN_SAFE_INTEGER ? minimum : undefined
  const high = maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER ? maximum : undefined
  if (low !== undefined && high !== undefined) return ` from ${count(low)} to ${count(high)}`
  const words = [
    low !== undefined && `at least ${count(low)}`,
    exclusiveMinimum !== undefined && `more than ${count(exclusiveMinimum)}`,
    high !== undefined && `at most ${count(high)}`,
    exclusiveMaximum !== undefined && `less than ${count(exclusiveMaximum)}`,
  ].filter((word) => word !== false)
  return words.length > 0 ? `, ${words.join(' and ')}` : ''
}

function size(least: number | undefined, most: number | undefined, one: string, many = `${one}s`): string {
  const noun = (number: number): string => `${count(number)} ${number === 1 ? one : many}`
  if (least !== undefined && most !== undefined)
    return least === most ? ` of ${noun(most)}` : ` of ${count(least)} to ${noun(most)}`
  if (least !== undefined) return ` of at least ${noun(least)}`
  return most === undefined ? '' : ` of at most ${noun(most)}`
}

export const valueAt = (root: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (value, key) =>
      value !== null && typeof value === 'object' ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    root,
  )

/** The schema of a place, or of the last one that is known on the way to it. */
function schemaAt(schema: Schema, path: Path): { schema: Schema; path: Path } {
  let at = schema
  for (const [i, key] of path.entries()) {
    const inner = step(unwrap(at), key)
    if (!inner) return { schema: at, path: path.slice(0, i) }
    at = inner
  }
  return { schema: at, path }
}

/** The names of the fields that a schema has. */
function fieldsOf(schema: Schema): string[] {
  const object = unwrap(schema)
  return object instanceof z.ZodObject ? Object.keys(object.shape) : []
}

function step(schema: Schema, key: PropertyKey): Schema | undefined {
  if (schema instanceof z.ZodObject) return schema.shape[String(key)] as Schema | undefined
  if (schema instanceof z.ZodRecord) return schema.valueType
  // Of several ways to write it, the one that has such a part.
  if (schema instanceof z.ZodUnion)
    return schema.options.map((option) => step(unwrap(option), key)).find((part) => part !== undefined)
  return schema instanceof z.ZodArray ? schema.element : undefined
}

/** The schema beneath defaults, `optional` and `nullable`. */
function unwrap(schema: Schema): Schema {
  const wrapped =
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable
  return wrapped ? unwrap(schema.unwrap()) : schema
}
