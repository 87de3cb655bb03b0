const digitBits = 11
const digits = 1 << digitBits
const digitMask = digits - 1

/** Numbers as two words of bits each, with the place of each; a pass moves all three. */
interface Keys {
  readonly high: Uint32Array
  readonly low: Uint32Array
  readonly place: Uint32Array
}

/** Which bits a pass looks at: of `word`, from bit `shift` on. */
const passes: readonly { readonly word: 'low' | 'high'; readonly shift: number }[] = [
  { word: 'low', shift: 0 },
  { word: 'low', shift: 11 },
  { word: 'low', shift: 22 },
  { word: 'high', shift: 0 },
  { word: 'high', shift: 11 },
  { word: 'high', shift: 22 },
]

/**
 * Places of the values in rising order; equal values keep theirs, and NaN comes last. A radix sort over the 64 bits,
 * eleven at a time, so that its time does not depend on how the values lie.
 */
export function sortOrder(values: Float64Array): Uint32Array {
  let keys = keysOf(values)
  let spare = emptyKeys(values.length)
  for (const { word, shift } of passes) {
    const starts = countDigits(keys[word], shift)
    if (!starts) continue
    scatter(keys, spare, keys[word], shift, starts)
    ;[keys, spare] = [spare, keys]
  }
  return keys.place
}

/** Numbers, and what `sortOrder` says of them, so that it is said once. */
export interface Ordered {
  readonly cells: Float64Array
  readonly order: Uint32Array
}

export const ordered = (cells: Float64Array): Ordered => ({ cells, order: sortOrder(cells) })

/** The numbers at some places, which rise; their order follows from that of all. */
export function takeOrdered({ cells, order }: Ordered, places: Uint32Array): Ordered {
  const taken = new Float64Array(places.length)
  const newPlace = new Int32Array(cells.length).fill(-1)
  for (let i = 0; i < places.length; i++) {
    taken[i] = cells[places[i]!]!
    newPlace[places[i]!] = i
  }
  const newOrder = new Uint32Array(places.length)
  for (let i = 0, to = 0; i < order.length; i++) {
    const place = newPlace[order[i]!]!
    if (place >= 0) newOrder[to++] = place
  }
  return { cells: taken, order: newOrder }
}

const emptyKeys = (length: number): Keys => ({
  high: new Uint32Array(length),
  low: new Uint32Array(length),
  place: new Uint32Array(length),
})

/** The bits of each number, changed so that they sort as unsigned whole numbers do. */
function keysOf(values: Float64Array): Keys {
  const words = new Uint32Array(values.slice().buffer)
  const keys = emptyKeys(values.length)
  const { high, low, place } = keys
  for (let i = 0; i < high.length; i++) {
    const top = words[2 * i + 1]!
    const bottom = words[2 * i]!
    const isNegative = top >>> 31 === 1
    high[i] = isNegative ? ~top : top ^ 0x8000_0000
    low[i] = isNegative ? ~bottom : bottom
    place[i] = i
  }
  return keys
}

/** Where the numbers of each digit start; nothing where all have the same digit. */
function countDigits(word: Uint32Array, shift: number): Uint32Array | undefined {
  const starts = new Uint32Array(digits + 1)
  for (let i = 0; i < word.length; i++) starts[((word[i]! >>> shift) & digitMask) + 1]!++
  if (word.length === 0 || starts[((word[0]! >>> shift) & digitMask) + 1] === word.length) return undefined
  for (let d = 1; d < starts.length; d++) starts[d]! += starts[d - 1]!
  return starts
}

function scatter(from: Keys, to: Keys, word: Uint32Array, shift: number, starts: Uint32Array): void {
  const { high, low, place } = from
  const { high: toHigh, low: toLow, place: toPlace } = to
  for (let i = 0; i < word.length; i++) {
    const at = starts[(word[i]! >>> shift) & digitMask]!++
    toHigh[at] = high[i]!
    toLow[at] = low[i]!
    toPlace[at] = place[i]!
  }
}
