import { LabError } from '../../../errors/lab-error'
import { refuseLong } from '../csv/refuse'

/** Letters of one row; more are no row of a table. */
const longestRow = 16 << 20

/**
 * The rows of a JSON text, as lists of values, a list for each piece of text that comes: the entries of the list that
 * the text is, or with `lines` the value of each line that is not empty. Only one row is in memory as text at a time.
 * @throws LabError `bad-json` or `long-record` with the row, `json-no-list` for a text that is no list
 */
export async function* jsonValues(
  pieces: AsyncIterable<string>,
  file: string,
  lines: boolean,
): AsyncGenerator<unknown[], void, void> {
  const cutter = lines ? lineCutter() : listCutter(file)
  let [rest, row] = ['', 0]
  for await (const piece of pieces) {
    const cut = cutter.cut(rest + piece)
    rest = cut.rest
    if (rest.length > longestRow) refuseLong(file, row + cut.parts.length + 1, longestRow)
    yield cut.parts.map((part) => parseRow(part, ++row, file))
  }
  yield cutter.end(rest, row).map((part) => parseRow(part, ++row, file))
}

interface Cutter {
  /** Takes whole rows from the beginning of a text; the rest comes again with more behind it. */
  cut(text: string): { parts: string[]; rest: string }
  /** The last row, where no mark ends it. @throws LabError when the text ends too early */
  end(rest: string, rows: number): string[]
}

const lineCutter = (): Cutter => ({
  cut(text) {
    const parts = text.split('\n')
    const rest = parts.pop()!
    return { parts: parts.filter((part) => part.trim() !== ''), rest }
  },
  end: (rest) => (rest.trim() === '' ? [] : [rest]),
})

/** Finds where the entries of a list begin and end: by brackets outside of text in quotes. */
function listCutter(file: string): Cutter {
  const mark = /["[\]{},]/g
  let [depth, scanned, inText, ended] = [0, 0, false, false]

  /** Goes over text in quotes; gives the place behind it, or nothing where it does not end yet. */
  const pastText = (text: string, at: number): number | undefined => {
    const close = endOfText(text, at)
    inText = close < 0
    if (inText) scanned = lastWhole(text, at)
    return inText ? undefined : close + 1
  }
  /** Whether the sign ends an entry. */
  const ends = (sign: string): boolean => {
    if (sign === '"') inText = true
    else if (sign === '[' || sign === '{') depth++
    else if (sign !== ',') ended = --depth === 0
    return ended || (sign === ',' && depth === 1)
  }
  const begin = (text: string): number => {
    const at = text.search(/\S/)
    if (text[at] !== '[') refuseNoList(text.slice(at), file)
    depth = 1
    return at + 1
  }

  return {
    cut(text) {
      const parts: string[] = []
      if (ended || (depth === 0 && text.trim() === '')) return { parts, rest: '' }
      let from = depth === 0 ? begin(text) : 0
      let at: number | undefined = Math.max(from, scanned)
      while (at !== undefined && !ended) {
        if (inText) {
          at = pastText(text, at)
          continue
        }
        mark.lastIndex = at
        const found = mark.exec(text)
        scanned = text.length
        at = found ? found.index + 1 : undefined
        if (!found || !ends(found[0])) continue
        const part = text.slice(from, found.index)
        if (part.trim() !== '') parts.push(part)
        from = found.index + 1
      }
      scanned -= from
      return { parts, rest: ended ? '' : text.slice(from) }
    },
    end(_rest, rows) {
      if (ended) return []
      throw badJson(file, rows + 1, 'a text that ends before its list does')
    },
  }
}

/** The quote that ends a text, or -1 where it is not there yet. */
function endOfText(text: string, from: number): number {
  for (let at = from; ; at++) {
    at = text.indexOf('"', at)
    if (at < 0) return -1
    let slashes = 0
    while (at - 1 - slashes >= from && text[at - 1 - slashes] === '\\') slashes++
    if (slashes % 2 === 0) return at
  }
}

/** Where to go on when more of a text in quotes has come: before the backslashes at its end. */
function lastWhole(text: string, from: number): number {
  let at = text.length
  while (at > from && text[at - 1] === '\\') at--
  return at
}

function parseRow(part: string, row: number, file: string): unknown {
  try {
    return JSON.parse(part) as unknown
  } catch (error) {
    throw badJson(file, row, error instanceof Error ? error.message : String(error))
  }
}

const badJson = (file: string, row: number, came: string): LabError =>
  new LabError({
    code: 'bad-json',
    expected: 'well-formed JSON in every row',
    came,
    advice: 'Look there for a missing comma, quote or bracket.',
    place: { file, row },
  })

function refuseNoList(text: string, file: string): never {
  throw new LabError({
    code: 'json-no-list',
    expected: 'a list of rows, such as [{"a": 1, "b": 2}, …], or one row a line',
    came: text.startsWith('{') ? 'one object' : `text that begins with "${text.slice(0, 12)}"`,
    advice: 'Save the table as a list of records (in pandas: to_json(orient="records")).',
    place: { file },
  })
}
