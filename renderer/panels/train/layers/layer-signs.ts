import type { ArrayReport, StatisticsEvent } from '../../../../core/training/events'
import { formatNumber, formatShare } from '../../../../core/charts/format'

/** Something about an array that a person should look at, in a word and in a sentence. */
export interface LayerSign {
  readonly word: string
  readonly text: string
}

/** So many times smaller than the largest mean gradient of the network; so large and so small an update; so many silent units. */
const VANISHING = 1e4
const LARGE_UPDATE = 0.1
const SMALL_UPDATE = 1e-7
const MANY_DEAD = 0.5

/** Root of the mean square: what one number of the gradient is like, however many there are. */
const typical = ({ gradient, count }: ArrayReport): number | null =>
  gradient && gradient.norm / Math.sqrt(count)

/** What stands out in each array of a look at the layers, by the array's name. */
export function signsOf({ arrays, dead }: StatisticsEvent): ReadonlyMap<string, readonly LayerSign[]> {
  const largest = Math.max(0, ...arrays.map((array) => typical(array) ?? 0))
  return new Map(
    arrays.map((array) => {
      const main = isMain(array, arrays)
      return [
        array.name,
        [
          ...gradientSigns(array, largest),
          ...(main ? updateSigns(array) : []),
          ...deadSigns(array, arrays, dead),
        ],
      ]
    }),
  )
}

/** The largest array of its layer: small ones, such as biases that begin with 0, move far at first. */
const isMain = ({ layer, count, name }: ArrayReport, arrays: readonly ArrayReport[]): boolean => {
  const rivals = arrays.filter((other) => other.layer === layer)
  return rivals.every((other) => other.name === name || other.count <= count)
}

function gradientSigns(array: ArrayReport, largest: number): LayerSign[] {
  if (!array.gradient || !array.weights)
    return [
      {
        word: 'Not finite',
        text: 'A number is too large to go on with. Lower the learning rate, or clip the gradient.',
      },
    ]
  const own = typical(array)!
  if (largest === 0 || own * VANISHING >= largest) return []
  const words = own === 0 ? 'is 0' : `is ${formatNumber(largest / own, 2)} times smaller than the largest one`
  return [
    {
      word: 'Vanishing',
      text: `Its gradient ${words}: it hardly learns. Try ReLU in place of sigmoid or tanh, normalization, or fewer layers.`,
    },
  ]
}

function updateSigns({ update }: ArrayReport): LayerSign[] {
  if (update === null) return []
  if (update > LARGE_UPDATE)
    return [
      {
        word: 'Large steps',
        text: `One update moved it by ${formatShare(update)} of its size: it may explode. Lower the learning rate, or clip the gradient.`,
      },
    ]
  return update < SMALL_UPDATE && update > 0
    ? [{ word: 'Stands still', text: 'Updates are too small to change it. Raise the learning rate.' }]
    : []
}

/** Told at the last layer with weights before the ReLU. */
function deadSigns(
  array: ArrayReport,
  arrays: readonly ArrayReport[],
  dead: StatisticsEvent['dead'],
): LayerSign[] {
  if (!isMain(array, arrays)) return []
  return dead
    .filter(({ layer, share }) => share >= MANY_DEAD && array.layer === feeding(layer, arrays))
    .map(({ name, share }) => ({
      word: 'Dead units',
      text: `${formatShare(share)} of the units of ${name} gave 0 for every row of the batch and cannot learn from them. Lower the learning rate, or try leaky ReLU.`,
    }))
}

const feeding = (relu: number, arrays: readonly ArrayReport[]): number =>
  Math.max(-1, ...arrays.map(({ layer }) => layer).filter((layer) => layer < relu))
