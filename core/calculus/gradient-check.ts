import type { Backend, Program, RunSeed } from '../backends/backend'
import { PARAMETERS } from '../network/forward'
import type { PlacedParameter } from '../network/parameters'
import { inspectionPlan, lossPlan } from '../network/plans'
import type { Plan } from '../graph/plan'
import type { ResolvedNetwork } from '../network/resolve'
import type { Random } from '../random/random'
import { slopeOf, type Slope } from './slope'

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
  /** How much each row counts [rows]; left out, all alike. */
  readonly weights?: ArrayLike<number>
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
  /** null at a kink, where nothing can be judged. */
  readonly relativeError: number | null
  /** Here, or too near to look past it, the loss has a kink and no derivative: its slopes to the left and the right. */
  readonly kink?: { readonly left: number; readonly right: number }
}

/** Largest relative error that float64 and a five-point quotient leave to a right derivative. */
export const allowedError = 1e-6

/** Derivatives below this share of the largest one are lost in rounding; they are compared on this scale. */
const negligible = 1e-6

/** Compares the gradient of the mean loss with difference quotients, for a sample of every layer's parameters. */
export function checkGradient(options: GradientCheckOptions): GradientCheckEntry[] {
  const { network, rows, parameters } = options
  const weighted = options.weights !== undefined
  const gradient = Float64Array.from(
    runner(options, inspectionPlan(network, rows, weighted))(parameters).output('gradient'),
  )
  const run = runner(options, lossPlan(network, rows, weighted))
  const loss = (values: Float64Array): number => run(values).output('loss')[0]!
  const scale = gradient.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0)
  return network.layout.parameters.flatMap((parameter) =>
    chosen(parameter, options).map((index) => {
      const place = parameter.offset + index
      const slope = slopeOf(alongOne(loss, parameters, place), Math.abs(parameters[place]!))
      return compared(parameter.name, index, gradient[place]!, slope, negligible * scale)
    }),
  )
}

/** The loss as a function of the change of one parameter. */
function alongOne(loss: (values: Float64Array) => number, at: Float64Array, place: number) {
  const moved = Float64Array.from(at)
  return (change: number): number => {
    moved[place] = at[place]! + change
    return loss(moved)
  }
}

function compared(
  parameter: string,
  index: number,
  analytic: number,
  { numeric, left, right, jump, doubt }: Slope,
  least: number,
): GradientCheckEntry {
  // Only the measured slopes decide what is a kink, so that a wrong derivative cannot pass for one.
  const measured = Math.max(Math.abs(left), Math.abs(right), least)
  if (Math.max(jump, doubt) > allowedError * measured)
    return { parameter, index, analytic, numeric, relativeError: null, kink: { left, right } }
  const size = Math.max(Math.abs(analytic), Math.abs(numeric), least)
  const relativeError = size === 0 ? 0 : Math.abs(analytic - numeric) / size
  return { parameter, index, analytic, numeric, relativeError }
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
    if (options.weights) program.input('weights').set(options.weights)
    program.run(seed)
    return program
  }
}
