/** A group's rows by class, `[classes]`; one class where the target has none. */
export type GroupCounts = readonly number[]

/** So many ways to place the groups are all tried; among more the search goes from step to step. */
const mostWays = 20_000
/** How often all groups are looked at again at most; nothing more happens once no move makes it better. */
const looks = 100

/**
 * The part of each group, such that parts come as near to their shares as can be, of rows and of every class alike: it
 * lessens Σ over parts and classes of (rows − share · rows of the class)² ∕ rows of the class, rows in all counted as a
 * class of their own. Of few groups the very best way is taken. Of many, groups go one by one, in the order given, to the
 * part that grows it least; then single groups move and pairs change places while that helps, so that no part is further
 * from its share than the size of a group. Every part of a share above 0 has a group where there are enough of them.
 * (The measure is that of stratified group folds, as in scikit-learn's StratifiedGroupKFold, but over unequal shares.)
 */
export function balanceGroups(groups: readonly GroupCounts[], shares: readonly number[]): Uint32Array {
  const board = createBoard(groups, shares)
  const parts = shares.filter((share) => share > 0).length
  if (parts ** groups.length <= mostWays && groups.length >= parts) return board.best()
  groups.forEach((_, group) => board.put(group, board.bestPart(group)))
  for (let look = 0; look < looks && board.improve(); look++);
  board.fillEmpty()
  return board.places
}

function createBoard(groups: readonly GroupCounts[], shares: readonly number[]) {
  const vectors = groups.map((counts) => [...counts, sum(counts)])
  const totals = (vectors[0] ?? []).map((_, i) => Math.max(1, sum(vectors.map((vector) => vector[i]!))))
  // Rows less what the share asks for, of every part and class.
  const excess = shares.map((share) => totals.map((total) => -share * total))
  const used = shares.flatMap((share, part) => (share > 0 ? [part] : []))
  const places = new Uint32Array(groups.length)

  const add = (group: number, part: number, sign: 1 | -1): void =>
    vectors[group]!.forEach((count, i) => (excess[part]![i]! += sign * count))
  /** What the measure gains when the group's rows come to a part, or go from it. */
  const change = (group: number, part: number, sign: 1 | -1): number =>
    vectors[group]!.reduce(
      (total, count, i) => total + (count * (count + 2 * sign * excess[part]![i]!)) / totals[i]!,
      0,
    )
  const put = (group: number, part: number): void => {
    places[group] = part
    add(group, part, 1)
  }
  const bestPart = (group: number): number => {
    const costs = used.map((part) => change(group, part, 1))
    return used[costs.reduce((best, cost, i) => (cost < costs[best]! - 1e-12 ? i : best), 0)]!
  }
  /** Takes the group out and puts it where it is best; true where that is elsewhere. */
  const move = (group: number): boolean => {
    const before = places[group]!
    add(group, before, -1)
    const best = bestPart(group)
    const stays = change(group, best, 1) >= change(group, before, 1) - 1e-9
    put(group, stays ? before : best)
    return !stays
  }
  /** Changes the places of two groups where that lessens the measure. */
  const swap = (a: number, b: number): boolean => {
    const [partA, partB] = [places[a]!, places[b]!]
    if (partA === partB) return false
    const gain = change(a, partA, -1) + change(b, partB, -1)
    add(a, partA, -1)
    add(b, partB, -1)
    const isBetter = gain + change(a, partB, 1) + change(b, partA, 1) < -1e-9
    put(a, isBetter ? partB : partA)
    put(b, isBetter ? partA : partB)
    return isBetter
  }
  /** Pairs are tried where they are few; among many groups single moves come near enough. */
  const pairs = groups.length <= 200 ? groups.length : 0
  const improve = (): boolean => {
    let better = false
    for (let group = 0; group < groups.length; group++) if (move(group)) better = true
    for (let a = 0; a < pairs; a++) for (let b = 0; b < a; b++) if (swap(a, b)) better = true
    return better
  }
  /** The smallest group of the part with most groups goes to a part that has none. */
  const fillEmpty = (): void => {
    for (const part of used) {
      const counts = shares.map((_, other) => places.reduce((n, place) => n + Number(place === other), 0))
      const richest = counts.indexOf(Math.max(...counts))
      if (counts[part]! > 0 || counts[richest]! < 2) continue
      const size = (group: number): number => vectors[group]!.at(-1)!
      const own = [...places.keys()].filter((group) => places[group] === richest)
      places[own.reduce((best, group) => (size(group) < size(best) ? group : best))] = part
    }
  }
  /** The best of all ways that leave no part empty; the first of several. */
  const best = (): Uint32Array => {
    const counts = shares.map(() => 0)
    let found = { measure: Infinity, places: places.slice() }
    const place = (group: number, measure: number): void => {
      if (group === groups.length) {
        const isBetter = measure < found.measure - 1e-9 && used.every((part) => counts[part]! > 0)
        if (isBetter) found = { measure, places: places.slice() }
        return
      }
      for (const part of used) {
        const gain = change(group, part, 1)
        put(group, part)
        counts[part]!++
        place(group + 1, measure + gain)
        counts[part]!--
        add(group, part, -1)
      }
    }
    place(0, 0)
    return found.places
  }
  return { places, put, bestPart, improve, fillEmpty, best }
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
