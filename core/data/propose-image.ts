import { trainingSchema, type Experiment, type LayerEntry } from '../experiment/schema'

/** What of an experiment says how it learns. */
export type LearningProposal = Pick<Experiment, 'network' | 'optimizer' | 'schedule' | 'training'>

/** A small network for images laid out in columns, row by row: two convolutions, each seeing twice as far as the one before. */
export const imageNetwork = (height: number, width: number): LayerEntry[] => [
  { type: 'reshape', shape: [height, width, 1] },
  ...[16, 32].flatMap((filters) => [
    { type: 'conv2d', filters, padding: 'same', initializer: 'he-normal' },
    { type: 'relu' },
    { type: 'max-pool2d' },
  ]),
  { type: 'flatten' },
  { type: 'dropout', rate: 0.25 },
  { type: 'output' },
]

/** A rate that falls to nothing ends training by itself; the number of epochs gives tables of every size enough updates. */
export function proposeForImages(
  rows: number,
  { height, width }: { readonly height: number; readonly width: number },
): LearningProposal {
  const [batchSize, epochs] = rows <= 5000 ? [32, 30] : [128, 12]
  return {
    network: imageNetwork(height, width),
    optimizer: { type: 'adam', learningRate: 0.004 },
    schedule: { type: 'cosine' },
    training: trainingSchema.parse({ epochs, batchSize }),
  }
}
