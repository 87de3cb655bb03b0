/** Remembers the value of the last key. A promise that fails is not kept. */
export function latest<T>(): (key: string, make: () => T) => T {
  let known: { key: string; value: T } | null = null
  return (key, make) => {
    if (known?.key === key) return known.value
    const entry = { key, value: make() }
    known = entry
    if (entry.value instanceof Promise)
      entry.value.catch(() => {
        if (known === entry) known = null
      })
    return entry.value
  }
}
