import type { RawColumn } from '../../../data/raw'

/** Takes names from the first row if it is a header, makes them differ, and gives columns without one their number. */
export function nameColumns(
  cells: readonly RawColumn[],
  header: boolean,
): { names: string[]; head: RawColumn[] } {
  const taken = new Set<string>()
  const head = cells.map(({ levels, codes }, i) => {
    const wanted = (header ? levels[codes[0]!]!.trim() : '') || `column_${i + 1}`
    let name = wanted
    for (let copy = 2; taken.has(name); copy++) name = `${wanted}_${copy}`
    taken.add(name)
    return header ? { name, ...withoutFirst(levels, codes) } : { name, levels, codes }
  })
  return { names: head.map(({ name }) => name), head }
}

/** The header's cell is level 0; it goes, unless a row says the same. */
function withoutFirst(levels: readonly string[], codes: Int32Array): Omit<RawColumn, 'name'> {
  const body = codes.slice(1)
  if (body.includes(0)) return { levels, codes: body }
  return { levels: levels.slice(1), codes: body.map((code) => code - 1) }
}
