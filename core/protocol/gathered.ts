import type { TrainingEvent } from '../training/events'
import { saysMore, thin, type Thinning } from './thin'

/**
 * Events that wait to be sent. A fast training makes thousands in that time, nearly all of which would be thinned away: those
 * are forgotten as they come, so that they need neither memory nor a second look.
 */
export class Gathered {
  private events: (TrainingEvent | null)[] = []
  private steps!: Evenly
  private epochs!: Evenly
  /** Place of the best epoch so far among them; -1 without one. */
  private best = -1

  constructor(private readonly limits: Thinning) {
    this.clear()
  }

  get isEmpty(): boolean {
    return this.events.length === 0
  }

  add(event: TrainingEvent): void {
    const place = this.events.push(event) - 1
    if (event.type === 'step') this.steps.add(place)
    else if (event.type === 'epoch' && !saysMore(event)) {
      if (event.best) {
        // The one that was the best before is one of many from now on.
        if (this.best >= 0) this.epochs.add(this.best)
        this.best = place
      } else this.epochs.add(place)
    }
  }

  /** As many as `thin` leaves; after that there are none. */
  take(): readonly TrainingEvent[] {
    const events = this.events.filter((event) => event !== null)
    this.clear()
    return thin(events, this.limits)
  }

  private clear(): void {
    this.events = []
    const forget = (place: number): void => void (this.events[place] = null)
    this.steps = new Evenly(2 * this.limits.steps, forget)
    this.epochs = new Evenly(2 * this.limits.epochs, forget)
    this.best = -1
  }
}

/** Keeps every n-th of what comes and always the last; n doubles whenever these are too many. */
class Evenly {
  private kept: number[] = []
  private every = 1
  private seen = 0
  /** The last, where it is kept for nothing but that; else -1. */
  private last = -1

  constructor(
    /** Even. */
    private readonly most: number,
    private readonly forget: (place: number) => void,
  ) {}

  add(place: number): void {
    if (this.last >= 0) this.forget(this.last)
    this.seen++
    this.last = place
    if (this.seen % this.every !== 0) return
    this.kept.push(place)
    this.last = -1
    if (this.kept.length > this.most) this.halve()
  }

  private halve(): void {
    const { kept } = this
    // Not its turn any more, but the last one so far.
    this.last = kept.pop()!
    this.every *= 2
    this.kept = []
    for (const [i, place] of kept.entries())
      if (i % 2) this.kept.push(place)
      else this.forget(place)
  }
}
