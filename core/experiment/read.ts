import { z } from 'zod'
import { cameWords, refusalOf, type Refusal } from '../catalog/schema-words'
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
    const current = migrate(value)
    const result = experimentSchema.safeParse(current)
    if (result.success) return result.data
    throw toHelp(current)
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

function toHelp(root: unknown): LabError {
  const refusal = refusalOf(experimentSchema, root)!
  return refusal.unknown ? unknownField(refusal.path, refusal.unknown) : badSetting(refusal)
}

const dotted = (path: readonly PropertyKey[]): string => path.map(String).join('.')

function unknownField(
  path: readonly PropertyKey[],
  { field, known }: NonNullable<Refusal['unknown']>,
): LabError {
  const near = suggest(field, known)
  return new LabError({
    code: 'unknown-field',
    expected: `one of the fields ${known.join(', ')}`,
    came: `"${field}"`,
    advice: near ? `Did you mean "${near}"?` : `Remove "${field}".`,
    place: { path: dotted([...path, field]) },
  })
}

function badSetting(refusal: Refusal): LabError {
  return new LabError({
    code: 'bad-setting',
    expected: refusal.expected,
    came: cameWords(refusal.value),
    advice: adviceFor(refusal),
    place: { path: dotted(refusal.path) },
  })
}

function adviceFor({ path, value, choices, schema }: Refusal): string {
  const name = dotted(path)
  const near = typeof value === 'string' ? suggest(value, choices) : undefined
  if (near) return `Did you mean "${near}"?`
  if (value === undefined) return `Add "${name}".`
  const fits = (other: unknown): boolean => z.safeParse(schema, other).success
  if (typeof value === 'string' && fits(unquoted(value))) return `Write ${value} without quotes.`
  if (typeof value === 'number' && fits(String(value))) return `Write it in quotes: "${value}".`
  return `Change "${name}".`
}

/** What JSON would make of a text without its quotes. */
function unquoted(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
