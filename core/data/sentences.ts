import { isCoded, type Column } from './table'

/** So many different texts tell what the others are like. */
const looked = 500

/** Short texts that say something, as opposed to names, addresses and codes: some words each, most of them in lower case. */
export function isSentences(column: Column): boolean {
  if (!isCoded(column) || column.type !== 'text' || column.levels.length < 20) return false
  const step = Math.max(1, Math.floor(column.levels.length / looked))
  const texts = column.levels.filter((_, i) => i % step === 0)
  const words = texts.map((text) => text.match(/\p{L}[\p{L}'’-]*/gu) ?? [])
  const all = words.flat()
  const lower = all.filter((word) => /^\p{Ll}/u.test(word) || word.toLowerCase() === word.toUpperCase())
  const joint = words.filter(({ length }) => length > 1)
  return (
    all.length >= 2.5 * texts.length && joint.length >= 0.8 * texts.length && lower.length >= 0.6 * all.length
  )
}
