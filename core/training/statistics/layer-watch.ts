import type { Backend, Numbers, Program, RunSeed, StateStore } from '../../backends/backend'
import type { Plan } from '../../graph/plan'
import { PARAMETERS } from '../../network/forward'
import { inspectionPlan } from '../../network/plans'
import type { ResolvedNetwork } from '../../network/resolve'
import type { Batch, BatchPlaces, BatchSource } from '../batch'
import type { ArrayReport, DeadUnits, StatisticsEvent } from '../events'
import { relativeChange, statisticsOf } from './array-statistics'
import { deadShare } from './dead-units'

export interface LayerWatchOptions {
  readonly network: ResolvedNetwork
  readonly backend: Backend
  readonly store: StateStore
  readonly source: BatchSource
  readonly weighted: boolean
  /** Rows of the batches that are looked at. */
  readonly rows: number
}

/** What a batch showed before its update. */
export interface Look {
  readonly gradient: Numbers
  readonly before: Numbers
  readonly dead: readonly DeadUnits[]
}

/** Looks into a training between its steps: runs batches forward and backward without an update, which changes nothing. */
export class LayerWatch {
  private readonly plan: Plan
  private readonly units: ReadonlyMap<number, number>
  private program: { readonly run: Program; readonly places: BatchPlaces } | null = null

  constructor(private readonly options: LayerWatchOptions) {
    const { network, rows, weighted } = options
    const relus = network.layers.map((_, i) => i).filter((i) => network.layers[i]!.kind.type === 'relu')
    this.plan = inspectionPlan(network, rows, weighted, relus)
    this.units = new Map(relus.map((i) => [i, network.layers[i]!.output.at(-1)!]))
  }

  /** The gradient of a batch at the weights as they are, and which units are silent. */
  look(batch: Batch, seed: RunSeed): Look {
    const { store, source, network } = this.options
    const { run, places } = this.load()
    source.feed(places, batch)
    run.run(seed)
    const dead = [...this.units].map(([layer, units]) => ({
      layer,
      name: network.layers[layer]!.name,
      share: deadShare(run.output(`layer.${layer}`), units),
    }))
    // A copy, as the memory may move when the step needs more.
    return { gradient: run.output('gradient').slice(), before: store.read(PARAMETERS), dead }
  }

  /** @param updated whether the weights were updated since the look */
  report({ gradient, before, dead }: Look, updated: boolean): Pick<StatisticsEvent, 'arrays' | 'dead'> {
    const after = updated ? this.options.store.read(PARAMETERS) : before
    const arrays = this.options.network.layout.parameters.map(
      ({ name, layer, offset, size }): ArrayReport => {
        const part = (all: Numbers): Numbers => all.subarray(offset, offset + size)
        return {
          ...{ name, layer, count: size },
          weights: statisticsOf(part(after)),
          gradient: statisticsOf(part(gradient)),
          update: updated ? relativeChange(part(before), part(after)) : null,
        }
      },
    )
    return { arrays, dead }
  }

  /** Not to be used after that. */
  release(): void {
    this.program?.run.release()
  }

  private load(): { readonly run: Program; readonly places: BatchPlaces } {
    if (this.program) return this.program
    const { backend, store, source } = this.options
    const run = backend.load(this.plan, store)
    return (this.program = { run, places: source.placesOf(run) })
  }
}
