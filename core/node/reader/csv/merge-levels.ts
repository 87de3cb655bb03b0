import type { ShareLevels, ShareResult, ShareSetup } from './parse-share'

/**
 * The distinct cells of a column over all shares, in the order of their first row; the codes, which counted each share's
 * own cells, are changed to count these.
 */
export function mergeLevels(setup: ShareSetup, results: readonly ShareResult[], column: number): string[] {
  const shares = results.map(({ levels }) => decode(levels[column]!))
  if (shares.length === 1) return shares[0]!
  const firsts = new Map<string, number>()
  shares.forEach((words, share) => {
    const { firstRows } = results[share]!.levels[column]!
    words.forEach((word, i) => firsts.set(word, Math.min(firsts.get(word) ?? Infinity, firstRows[i]!)))
  })
  const merged = [...firsts].sort(([, a], [, b]) => a - b).map(([word]) => word)
  const place = new Map(merged.map((word, i) => [word, i]))
  const codes = setup.targets[column] as Int32Array
  shares.forEach((words, share) => {
    const known = Int32Array.from(words, (word) => place.get(word)!)
    if (known.every((code, i) => code === i)) return
    for (const piece of results[share]!.pieces)
      for (let row = setup.firstRows[piece]!; row < setup.firstRows[piece + 1]!; row++)
        codes[row] = known[codes[row]!]!
  })
  return merged
}

/** One decoding for all where each letter is one byte, so that places in the text are places in the bytes. */
function decode({ bytes, ends }: ShareLevels): string[] {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const whole = text.toString('utf8')
  const plain = whole.length === bytes.length
  return Array.from(ends, (end, i) => {
    const start = i ? ends[i - 1]! : 0
    return plain ? whole.slice(start, end) : text.toString('utf8', start, end)
  })
}
