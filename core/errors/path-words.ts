/** Fields whose parts are names that a user gives, such as those of columns, so that a number among them is a name, too. */
export const namingFields: ReadonlySet<string> = new Set([
  'columns',
  'marks',
  'classWeights',
  'replace',
  'units',
  'layers',
])

/** A path inside the experiment as a person reads it: `network.2.units` is `network › entry 3 › units`. */
export function pathInWords(path: string): string {
  const parts = path.split('.')
  return parts
    .map((part, i) => {
      const isEntry = /^\d+$/.test(part) && !isName(parts, i)
      return isEntry ? `entry ${Number(part) + 1}` : part
    })
    .join(' › ')
}

/** The layers of a block are entries; the layers of a change are told by their paths. */
function isName(parts: readonly string[], place: number): boolean {
  const field = parts[place - 1] ?? ''
  return namingFields.has(field) && !(field === 'layers' && parts[place - 2] !== 'set')
}
