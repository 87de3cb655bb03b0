import type { Backend, Numbers, RunSeed, StateStore } from '../backends/backend'
import { partType } from '../data/target-parts'
import type { HelpPage } from '../errors/lab-error'
import { PARAMETERS } from '../network/forward'
import { inspectionPlan } from '../network/plans'
import type { ResolvedNetwork } from '../network/resolve'

export interface Mishap {
  readonly network: ResolvedNetwork
  readonly backend: Backend
  readonly store: StateStore
  readonly features: Numbers
  readonly targets: Numbers
  readonly rows: number
  readonly seed: RunSeed
  readonly step: number
  readonly learningRate: number
  /** The last finite loss, if there was one. */
  readonly lastLoss: number | null
}

/**
 * Finds where numbers stopped being finite: replays the failed batch layer by layer with the weights that it met, and
 * names the first layer whose weights or output are not finite.
 */
export function explainNonFinite(mishap: Mishap): HelpPage {
  const layer = findLayer(mishap)
  const before =
    mishap.lastLoss === null ? 'in the first step' : `after a loss of ${mishap.lastLoss.toPrecision(4)}`
  return {
    code: 'non-finite',
    expected: 'a finite loss',
    came: `numbers too large to go on, ${before}; the first sign is in ${layer.what}`,
    advice: cures(mishap),
    place: { step: mishap.step, layer: layer.name },
  }
}

function findLayer({ network, backend, store, features, targets, rows, seed }: Mishap): {
  name: string
  what: string
} {
  const weights = store.read(PARAMETERS)
  const program = backend.load(inspectionPlan(network, rows), store)
  program.input('features').set(features)
  program.input('targets').set(targets)
  program.run(seed)
  for (const [index, layer] of network.layers.entries()) {
    const name = `${index + 1} · ${layer.kind.label}`
    const broken = network.layout.parameters.find(
      ({ layer: owner, offset, size }) =>
        owner === index && !isFinite(weights.subarray(offset, offset + size)),
    )
    if (broken) return { name, what: `the ${broken.name.slice(layer.name.length + 1)} of ${name}` }
    if (!isFinite(program.output(`layer.${index}`))) return { name, what: `the output of ${name}` }
  }
  return { name: 'loss', what: 'the loss itself, while all layers are finite' }
}

const isFinite = (values: Numbers): boolean => values.every(Number.isFinite)

function cures({ learningRate, network }: Mishap): string {
  const smaller = Number((learningRate / 10).toPrecision(2))
  const scale =
    partType(network.target) === 'number' ? 'Scale the target and the features' : 'Scale the features'
  return `Lower the learning rate from ${learningRate} to ${smaller} (the usual cause). ${scale} ("scale": "standard"), and look for extreme values in the data. A smaller first layer or another initializer also helps.`
}
