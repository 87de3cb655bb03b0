import type { Scored } from './metric'

/** The same function, asked once for each record of predictions: several metrics are made from one count. */
export function once<T>(compute: (scored: Scored) => T): (scored: Scored) => T {
  const known = new WeakMap<Scored, { readonly value: T }>()
  return (scored) => {
    const found = known.get(scored) ?? { value: compute(scored) }
    known.set(scored, found)
    return found.value
  }
}
