import { experimentSchema, type Experiment } from './schema'

const lineWidth = 160

/** Objects that are spread over lines even where they would fit on one. */
const spread = new Set(['', 'data', 'columns'])

/**
 * An experiment as the text of its file: fields in the order of the schema, two spaces, one line for each column, layer
 * and group of settings, so that a change shows as one changed line. Reading it gives the same experiment.
 */
export function writeExperiment(experiment: Experiment): string {
  return `${write(experimentSchema.parse(experiment), '', '')}\n`
}

function write(value: unknown, key: string, indent: string): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  const line = writeLine(value)
  const fits = indent.length + key.length + line.length + 5 <= lineWidth
  if (fits && !spread.has(key) && !holdsEntries(value)) return line
  const inner = `${indent}  `
  if (Array.isArray(value))
    return wrap(
      '[',
      value.map((item) => write(item, '*', inner)),
      ']',
      indent,
    )
  const fields = definedEntries(value).map(
    ([name, field]) => `${JSON.stringify(name)}: ${write(field, name, inner)}`,
  )
  return wrap('{', fields, '}', indent)
}

function wrap(open: string, parts: readonly string[], close: string, indent: string): string {
  if (parts.length === 0) return open + close
  return `${open}\n${parts.map((part) => `${indent}  ${part}`).join(',\n')}\n${indent}${close}`
}

const definedEntries = (value: object): [string, unknown][] =>
  Object.entries(value).filter(([, field]) => field !== undefined)

const isObject = (value: unknown): value is object => value !== null && typeof value === 'object'

/** True for a list of entries, such as layers, and for what has one inside. */
const holdsEntries = (value: object): boolean =>
  Array.isArray(value)
    ? value.some(isObject)
    : Object.values(value).some((field: unknown) => isObject(field) && holdsEntries(field))

/** JSON on one line, with the spaces that people put. */
function writeLine(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(writeLine).join(', ')}]`
  const fields = definedEntries(value).map(([name, field]) => `${JSON.stringify(name)}: ${writeLine(field)}`)
  return fields.length ? `{ ${fields.join(', ')} }` : '{}'
}
