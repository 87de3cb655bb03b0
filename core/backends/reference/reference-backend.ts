import type { Region } from '../../graph/op'
import type { Plan } from '../../graph/plan'
import { sizeOf } from '../../graph/shape'
import type { Backend, Numbers, Program, ProgramPart, RunSeed, StateStore } from '../backend'
import { kernels, type View } from './kernels'

class ReferenceStore implements StateStore {
  readonly buffers: Map<string, Float64Array>

  constructor(readonly sizes: Readonly<Record<string, number>>) {
    this.buffers = new Map(Object.entries(sizes).map(([name, size]) => [name, new Float64Array(size)]))
  }

  read(buffer: string): Numbers {
    return this.buffer(buffer).slice()
  }

  write(buffer: string, values: Numbers): void {
    const target = this.buffer(buffer)
    if (values.length !== target.length)
      throw new RangeError(`${buffer} has ${target.length} numbers, not ${values.length}`)
    target.set(values)
  }

  buffer(name: string): Float64Array {
    const found = this.buffers.get(name)
    if (!found) throw new RangeError(`no buffer "${name}" in the store`)
    return found
  }
}

class ReferenceProgram implements Program {
  private readonly arena: Float64Array
  private readonly steps: ((seed: RunSeed) => void)[]

  constructor(
    private readonly plan: Plan,
    private readonly store: ReferenceStore,
  ) {
    this.arena = new Float64Array(plan.arenaSize)
    for (const { region, values } of plan.constants) {
      const target = this.view(region).values
      if (values.length === 1) target.fill(values[0]!)
      else target.set(values)
    }
    this.steps = plan.calls.map((call) => {
      const inputs = call.inputs.map((region) => this.view(region))
      const output = this.view(call.output)
      const kernel = kernels[call.op]
      return (seed) => kernel(inputs, output, call.attributes, seed)
    })
  }

  input(name: string): Numbers {
    return this.named(this.plan.inputs, name)
  }

  output(name: string): Numbers {
    return this.named(this.plan.outputs, name)
  }

  /** Its numbers go with the object. */
  release(): void {}

  run(seed: RunSeed): void {
    for (const step of this.steps) step(seed)
  }

  parts(): readonly ProgramPart[] {
    return this.steps.map((run, i) => ({ calls: [this.plan.calls[i]!], run }))
  }

  private named(regions: Readonly<Record<string, Region>>, name: string): Numbers {
    const region = regions[name]
    if (!region) throw new RangeError(`the plan has no "${name}"`)
    return this.view(region).values
  }

  private view({ buffer, offset, shape }: Region): View {
    const memory = buffer === 'arena' ? this.arena : this.store.buffer(buffer)
    const end = offset + sizeOf(shape)
    if (end > memory.length)
      throw new RangeError(`"${buffer}" has ${memory.length} numbers, the plan needs ${end}`)
    return { values: memory.subarray(offset, end), shape }
  }
}

/** float64 and plain loops: slow, and right. The oracle that everything else is compared with. */
export function createReferenceBackend(): Backend {
  return {
    name: 'reference',
    precision: 'float64',
    createStore: (sizes) => new ReferenceStore(sizes),
    load: (plan, store) => new ReferenceProgram(plan, store as ReferenceStore),
  }
}
