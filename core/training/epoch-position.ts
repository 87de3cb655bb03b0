interface Batch {
  readonly epoch: number
  readonly batch: number
  readonly batches: number
}

/** Where a batch ends on the axis of epochs: 2.5 is half way through the third. */
export const epochPosition = ({ epoch, batch, batches }: Batch): number => epoch - 1 + batch / batches

/** Where a change takes effect: at the beginning of its batch. */
export const changePosition = ({ epoch, batch, batches }: Batch): number => epoch - 1 + (batch - 1) / batches
