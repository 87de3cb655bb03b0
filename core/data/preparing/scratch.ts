/** Room for so many numbers, for one use at a time in each slot; what stood there before is overwritten. */
export type Scratch = (slot: number, length: number) => Float64Array

/** Memory that columns use one after the other: new pages for each would cost more than the work done in them. */
export function makeScratch(): Scratch {
  const slots: Float64Array[] = []
  return (slot, length) => {
    const memory = slots[slot]
    if (memory && memory.length >= length) return memory.subarray(0, length)
    return (slots[slot] = new Float64Array(length))
  }
}
