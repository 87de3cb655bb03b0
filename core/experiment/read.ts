import { z } from 'zod'
import { suggest } from '../catalog/suggest'
import { LabError } from '../errors/lab-error'
import { migrate } from './migrate'
import { experimentSchema, type Experiment } from './schema'

/**
 * Checks an experiment as it came from a file and puts all defaults in place. Layers, loss, optimizer and schedule are
 * checked by their registries, not here.
 * @throws LabError `unsupported-version`, `unknown-field` (with the nearest known name) or `bad-setting`, with the path
 */
export function parseExperiment(value: unknown, file?: string): Experiment {
  try {
    const result = experimentSchema.safeParse(migrate(value))
    if (result.success) return result.data
    throw toHelp(result.error, value)
  } catch (error) {
    throw error instanceof LabError && file !== undefined ? error.at({ file }) : error
  }
}

/** Reads an experiment file's text. @throws LabError `bad-json`, or those of `parseExperiment` */
export function readExperiment(text: string, file?: string): Experiment {
  return parseExperiment(parseJson(text, file), file)
}

function parseJson(text: string, file?: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''))
  } catch (error) {
    throw new LabError({
      code: 'bad-json',
      expected: 'an experiment file in JSON',
      came: error instanceof Error ? error.message : String(error),
      advice: 'Look for a missing comma, quote or bracket there.',
      place: file === undefined ? {} : { file },
    })
  }
}

function toHelp(error: z.ZodError, root: unknown): LabError {
  // A misspelt field explains a missing one, so it is told first.
  const issue = error.issues.find(({ code }) => code === 'unrecognized_keys') ?? error.issues[0]!
  return issue.code === 'unrecognized_keys'
    ? unknownField(issue.path, issue.keys[0]!)
    : badSetting(issue, root)
}

const dotted = (path: readonly PropertyKey[]): string => path.map(String).join('.')

function unknownField(path: readonly PropertyKey[], field: string): LabError {
  const known = fieldsAt(experimentSchema, path)
  const near = suggest(field, known)
  return new LabError({
    code: 'unknown-field',
    expected: `one of the fields ${known.join(', ')}`,
    came: `"${field}"`,
    advice: near ? `Did you mean "${near}"?` : `Remove "${field}".`,
    place: { path: dotted([...path, field]) },
  })
}

function badSetting(issue: z.core.$ZodIssue, root: unknown): LabError {
  const path = dotted(issue.path)
  const value = valueAt(root, issue.path)
  const choices = issue.code === 'invalid_value' ? issue.values.map(String) : []
  const near = typeof value === 'string' ? suggest(value, choices) : undefined
  return new LabError({
    code: 'bad-setting',
    expected: expectation(issue),
    came: value === undefined ? 'nothing' : shorten(JSON.stringify(value)),
    advice: near ? `Did you mean "${near}"?` : path ? `Change "${path}".` : 'Choose an experiment file.',
    place: { path },
  })
}

const typeNames: Readonly<Record<string, string>> = {
  object: 'an object { … }',
  record: 'an object { … }',
  array: 'a list [ … ]',
  string: 'text in quotes',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
}

/** What a setting should have been, in words. */
function expectation(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return typeNames[issue.expected] ?? issue.expected
  if (issue.code === 'invalid_value')
    return `one of ${issue.values.map((value) => JSON.stringify(value)).join(', ')}`
  const noun = issue.code === 'too_small' || issue.code === 'too_big' ? (nouns[issue.origin] ?? '') : ''
  if (issue.code === 'too_small') return bound('at least', 'more than', issue.minimum, noun, issue.inclusive)
  if (issue.code === 'too_big') return bound('at most', 'less than', issue.maximum, noun, issue.inclusive)
  return issue.message
}

const nouns: Readonly<Record<string, string>> = { string: 'characters', array: 'entries' }

const bound = (
  weak: string,
  strict: string,
  limit: number | bigint,
  noun: string,
  inclusive = true,
): string => `${inclusive ? weak : strict} ${limit} ${noun}`.trim()

const shorten = (text: string): string => (text.length > 80 ? `${text.slice(0, 79)}…` : text)

const valueAt = (root: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, key) =>
      value !== null && typeof value === 'object' ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    root,
  )

/** The names of the fields that the schema has at a path. */
function fieldsAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): string[] {
  const inner = path.reduce<z.core.$ZodType | undefined>(
    (at, key) => (at ? step(unwrap(at), key) : undefined),
    schema,
  )
  const object = inner && unwrap(inner)
  return object instanceof z.ZodObject ? Object.keys(object.shape) : []
}

function step(schema: z.core.$ZodType, key: PropertyKey): z.core.$ZodType | undefined {
  if (schema instanceof z.ZodObject) return schema.shape[String(key)] as z.core.$ZodType | undefined
  if (schema instanceof z.ZodRecord) return schema.valueType
  return schema instanceof z.ZodArray ? schema.element : undefined
}

/** The schema beneath defaults, `optional` and `nullable`. */
function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  const wrapped =
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable
  return wrapped ? unwrap(schema.unwrap()) : schema
}
