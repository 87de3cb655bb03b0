/** How no and yes are written, in lower case. */
const pairs: readonly (readonly [string, string])[] = [
  ['no', 'yes'],
  ['n', 'y'],
  ['false', 'true'],
  ['f', 't'],
  ['off', 'on'],
  ['nein', 'ja'],
  ['falsch', 'wahr'],
  ['non', 'oui'],
  ['faux', 'vrai'],
  ['no', 'sí'],
  ['no', 'si'],
  ['nee', 'ja'],
  ['não', 'sim'],
]

/** The pair that two spellings form, in the order no, yes; nothing where they are no such pair. */
export function yesNoPair(a: string, b: string): readonly [string, string] | undefined {
  const [one, other] = [a.toLowerCase(), b.toLowerCase()]
  if (pairs.some(([no, yes]) => one === no && other === yes)) return [a, b]
  if (pairs.some(([no, yes]) => one === yes && other === no)) return [b, a]
  return undefined
}

/** The pair of which only one side occurs, such as a column of nothing but "yes". */
export function halfPair(cell: string): readonly [string, string] | undefined {
  const word = cell.toLowerCase()
  const pair = pairs.find(([no, yes]) => no === word || yes === word)
  if (!pair) return undefined
  return pair[0] === word ? [cell, pair[1]] : [pair[0], cell]
}
