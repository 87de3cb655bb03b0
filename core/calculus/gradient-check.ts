import type { Backend, Program, RunSeed } from '../backends/backend'
import { PARAMETERS } from '../network/forward'
import type { PlacedParameter } from '../network/parameters'
import { inspectionPlan, lossPlan } from '../network/plans'
import type { Plan } from '../graph/plan'
import type { ResolvedNetwork } from '../network/resolve'
import type { Random } from '../random/random'

export interface GradientCheckOptions {
  readonly network: ResolvedNetwork
  /** The float64 reference: in float32 a difference quotient has too few digits to judge anything. */
  readonly backend: Backend
  /** [parameters], in layout order. */
  readonly parameters: Float64Array
  readonly rows: number
  /** [rows, inputs] */
  readonly features: ArrayLike<number>
  /** [rows, units] */
  readonly targets: ArrayLike<number>
  /** Chooses the numbers to check, and dropout's. */
  readonly random: Random
  /** Numbers checked in each parameter array. */
  readonly samples: number
}

/** One number of one parameter: its derivative by autodiff and by central differences. */
export interface GradientCheckEntry {
  /** `1.dense.weights` */
  readonly parameter: string
  /** Place in the array, row-major. */
  readonly index: number
  readonly analytic: number
  readonly numeric: number
  readonly relativeError: number
}

/** Steps of the difference quotient, from coarse to fine, for a parameter of about 1. */
const widths = [1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7]

/** Derivatives below this share of the largest one are lost in rounding; they are compared on this scale. */
const negligible = 1e-6

/** Compares the gradient of the mean loss with difference quotients, for a sample of every layer's parameters. */
export function checkGradient(options: GradientCheckOptions): GradientCheckEntry[] {
  const { network, rows, parameters } = options
  const gradient = Float64Array.from(
    runner(options, inspectionPlan(network, rows))(parameters).output('gradient'),
  )
  const run = runner(options, lossPlan(network, rows))
  const scale = gradient.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0)
  return network.layout.parameters.flatMap((parameter) =>
    chosen(parameter, options).map((index) => {
      const place = parameter.offset + index
      const analytic = gradient[place]!
      const numeric = quotient((values) => run(values).output('loss')[0]!, parameters, place)
      const size = Math.max(Math.abs(analytic), Math.abs(numeric), negligible * scale)
      const relativeError = size === 0 ? 0 : Math.abs(analytic - numeric) / size
      return { parameter: parameter.name, index, analytic, numeric, relativeError }
    }),
  )
}

function chosen(parameter: PlacedParameter, { random, samples }: GradientCheckOptions): number[] {
  const order = random.split(parameter.name).permutation(parameter.size)
  return [...order.subarray(0, samples)].sort((a, b) => a - b)
}

/** Runs a plan at given parameters; dropout draws the same numbers every time. */
function runner(options: GradientCheckOptions, plan: Plan): (parameters: Float64Array) => Program {
  const store = options.backend.createStore({ [PARAMETERS]: options.network.layout.size, ...plan.states })
  const program = options.backend.load(plan, store)
  const seed: RunSeed = { key: options.random.split('dropout').key, step: 1 }
  return (parameters) => {
    store.write(PARAMETERS, parameters)
    program.input('features').set(options.features)
    program.input('targets').set(options.targets)
    program.run(seed)
    return program
  }
}

/**
 * The five-point difference quotient, whose error falls with the fourth power of the step. A coarse step may jump over
 * the kink of a ReLU and a fine one loses digits, so several are tried and the one that agrees best with its coarser
 * neighbour is taken: a choice that never looks at the derivative that is to be judged. What rounding can do to each
 * counts too: a bias before a batch normalization changes nothing, so that its quotients are rounding alone, the more the
 * finer the step.
 * Source: Abramowitz and Stegun, Handbook of Mathematical Functions (1964), 25.3.21.
 */
function quotient(loss: (values: Float64Array) => number, at: Float64Array, place: number): number {
  const moved = Float64Array.from(at)
  const value = at[place]!
  const f = (change: number): number => {
    moved[place] = value + change
    return loss(moved)
  }
  const unit = Math.max(1, Math.abs(value))
  const estimates = widths.map((width) => {
    const h = width * unit
    return (f(-2 * h) - 8 * f(-h) + 8 * f(h) - f(2 * h)) / (12 * h)
  })
  // The weights of the quotient add up to 18 / 12.
  const lost = (1.5 * Number.EPSILON * Math.abs(f(0))) / unit
  const rounding = widths.slice(1).map((width) => lost / width)
  const changes = estimates.slice(1).map((estimate, i) => Math.abs(estimate - estimates[i]!))
  const doubts = changes.map((change, i) => change + rounding[i]!)
  const best = doubts.indexOf(Math.min(...doubts))
  return estimates[changes[best]! <= rounding[best]! ? best : best + 1]!
}
