const shown = 4

/** The first words of a list, and how many more there are. */
export function listed(words: readonly string[]): string {
  const more = words.length - shown
  return more > 0 ? `${words.slice(0, shown).join(', ')} and ${more} more` : words.join(', ')
}
