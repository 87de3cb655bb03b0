import type { Random } from '../random/random'

/**
 * `count` rows in which the classes come equally often: they take turns, in a new order each turn, and each class goes
 * through its own rows, shuffled anew whenever all of them have been given. So every run of K places that begins a turn has
 * each of the K classes once, rare classes come again and again, and frequent ones leave rows out. The expected shares are
 * those of PyTorch's WeightedRandomSampler with weights 1 / n_k, without its chance in how often a class comes.
 * Source: Shen, Lin, Huang, “Relay backpropagation for effective learning of deep convolutional neural networks”, ECCV
 * 2016, section “Class-aware sampling”.
 * @param groups the rows of each class, at least one each
 */
export function balancedOrder(groups: readonly Uint32Array[], count: number, random: Random): Uint32Array {
  const turns = rounds(
    groups.map((_, i) => i),
    random.split('classes'),
  )
  const rowsOf = groups.map((rows, i) => rounds(rows, random.split(`class ${i}`)))
  return Uint32Array.from({ length: count }, () => rowsOf[turns()]!())
}

/** Gives the items one after another without end, in a new order each time round. */
function rounds(items: ArrayLike<number>, random: Random): () => number {
  let order: Uint32Array = new Uint32Array()
  let next = 0
  return () => {
    if (next === order.length) {
      order = random.permutation(items.length)
      next = 0
    }
    return items[order[next++]!]!
  }
}
