import fc from 'fast-check'
import { expect, it } from 'vitest'
import { jsonValues } from '../../../core/node/reader/formats/json-values'

/** The text in pieces of the lengths given, over and over. */
async function* pieces(text: string, lengths: readonly number[]): AsyncGenerator<string> {
  for (let at = 0, i = 0; at < text.length; i++) {
    const length = lengths[i % lengths.length]!
    yield text.slice(at, at + length)
    at += length
  }
}

async function rowsOf(text: string, lengths: readonly number[], lines: boolean): Promise<unknown[]> {
  const rows: unknown[] = []
  for await (const values of jsonValues(pieces(text, lengths), 'x.json', lines)) rows.push(...values)
  return rows
}

const row = fc.oneof(
  fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }), { noNullPrototype: true }),
  fc.array(fc.oneof(fc.string(), fc.constant('\\"]},{['), fc.double(), fc.boolean())),
)
const lengths = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 })
const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

it('rows are the same wherever the text is cut into pieces, as a list and one a line', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 6 }), lengths, fc.boolean(), async (rows, cuts, spread) => {
      const list = JSON.stringify(rows, null, spread ? 2 : 0)
      expect(await rowsOf(` ${list}\n`, cuts, false)).toEqual(asJson(rows))
      const lines = rows.map((each) => JSON.stringify(each)).join('\n')
      expect(await rowsOf(lines, cuts, true)).toEqual(asJson(rows))
    }),
    { numRuns: 300, seed: 1 },
  )
})
