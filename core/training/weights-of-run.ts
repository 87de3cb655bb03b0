import type { StateStore } from '../backends/backend'
import { readState, writeState, type NetworkState } from '../network/network-state'
import { AVERAGE } from '../network/plans'
import type { Best } from './best'

/** What is known of a training when its weights are asked for. */
export interface WeightsMoment {
  readonly best: Best
  readonly updates: number
}

/** Which of a training's weights are evaluated, and which are kept in the end. */
export class WeightsOfRun {
  constructor(
    private readonly store: StateStore,
    private readonly keep: 'best' | 'last',
    private readonly now: () => WeightsMoment,
  ) {}

  /** What is evaluated and kept: the weights, or their moving average where the experiment wants that. @param into takes it */
  shown(into?: NetworkState): NetworkState {
    const current = readState(this.store, into)
    if (!this.showsAverage()) return current
    return { ...current, parameters: this.store.read(AVERAGE, current.parameters) }
  }

  /** The weights to keep: as the experiment says. */
  kept(): NetworkState {
    const { best } = this.now()
    return this.keep === 'best' && best.epoch > 0 ? best : this.shown()
  }

  withShown<T>(use: () => T): T {
    return this.showsAverage() ? this.with(this.shown(), use) : use()
  }

  /** With these weights in place; afterwards all is as before. */
  with<T>(state: NetworkState, use: () => T): T {
    const current = readState(this.store)
    writeState(this.store, state)
    try {
      return use()
    } finally {
      writeState(this.store, current)
    }
  }

  private showsAverage(): boolean {
    return AVERAGE in this.store.sizes && this.now().updates > 0
  }
}
