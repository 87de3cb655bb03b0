import type { Scored } from './metric'

/**
 * The same function, asked once for each record of predictions: several metrics are made from one count. Only the last record
 * is remembered, as all metrics are made of one before the next.
 */
export function once<T>(compute: (scored: Scored) => T): (scored: Scored) => T {
  let last: { readonly scored: Scored; readonly value: T } | undefined
  return (scored) => {
    if (last?.scored !== scored) last = { scored, value: compute(scored) }
    return last.value
  }
}
