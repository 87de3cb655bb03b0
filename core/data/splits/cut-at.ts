/**
 * Cuts blocks that must stay whole into consecutive parts: the boundaries, as places among the blocks, from 0 to the number
 * of blocks. Each lies as near as can be to where the wanted sizes would have it (the earlier on a tie), and every part
 * gets a block at least.
 * @param sizes of the blocks, at least as many as parts
 * @param wanted size of each part; together those of all blocks
 */
export function cutAt(sizes: readonly number[], wanted: readonly number[]): number[] {
  const ends = [0]
  for (const size of sizes) ends.push(ends.at(-1)! + size)
  const cuts = [0]
  let goal = 0
  for (let part = 0; part < wanted.length - 1; part++) {
    goal += wanted[part]!
    const last = sizes.length - (wanted.length - 1 - part)
    let cut = cuts.at(-1)! + 1
    while (cut < last && Math.abs(ends[cut + 1]! - goal) < Math.abs(ends[cut]! - goal)) cut++
    cuts.push(cut)
  }
  return [...cuts, sizes.length]
}
