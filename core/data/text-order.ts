/** Compares by code point, so that the order is the same in every language and on every system. */
export function byCodePoint(a: string, b: string): number {
  let i = 0
  while (i < a.length && i < b.length) {
    const [x, y] = [a.codePointAt(i)!, b.codePointAt(i)!]
    if (x !== y) return x - y
    i += x > 0xffff ? 2 : 1
  }
  return a.length - b.length
}
