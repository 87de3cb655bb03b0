/** Most of the training's time that statistics may take, and least seconds between two. */
const SHARE = 0.01
const GAP = 0.5

/** Least seconds that making the first ready is thought to take. */
const READY = 0.005

/**
 * Says when statistics are due, by the time that they take and the training has taken. What it says changes no bit of the
 * training, which is the same with and without them.
 */
export class StatisticsRate {
  private spent = 0
  private latest: number | null = null
  private last = 0

  /** @param ready seconds that making the first ready is thought to take */
  constructor(private readonly ready = 0) {}

  /** @param seconds of training so far @param guess seconds that taking them is thought to need, as long as it is not known */
  isDue(seconds: number, guess: number): boolean {
    return (
      seconds - this.last >= GAP &&
      this.spent + (this.latest ?? Math.max(READY, this.ready) + guess) <= SHARE * seconds
    )
  }

  /** They were taken, which took so many seconds. */
  took(cost: number, seconds: number): void {
    this.latest = cost
    this.spent += cost
    this.last = seconds
  }
}
