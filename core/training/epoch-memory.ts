import { EpochPass } from './epoch-pass'
import type { Pass } from './evaluator'

/** The epoch under way, the last one and the best one: the places of three, used again and again. */
export class EpochMemory {
  private readonly places = [new EpochPass(), new EpochPass(), new EpochPass()]
  current = this.places[0]!
  last: EpochPass | null = null
  best: EpochPass | null = null

  begin(rows: Uint32Array, units: number): EpochPass {
    this.current = this.places.find((place) => place !== this.last && place !== this.best)!
    this.current.begin(rows, units)
    return this.current
  }

  /** The epoch under way has ended. */
  end(epoch: number, validation: Pass | null): void {
    this.current.epoch = epoch
    this.current.validation = validation
    this.last = this.current
  }

  /** The best and the last one, as far as they are remembered, in the order of their epochs. */
  kept(): EpochPass[] {
    const kept = [...new Set([this.best, this.last])].filter((pass) => pass !== null)
    return kept.sort((a, b) => a.epoch - b.epoch)
  }
}
