/** Looks again and again until there is something. */
export async function until<T>(look: () => T | undefined | false, what: string): Promise<T> {
  const deadline = Date.now() + 20_000
  for (;;) {
    const found = look()
    if (found) return found
    if (Date.now() > deadline) throw new Error(`waited in vain for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
