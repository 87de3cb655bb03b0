import { assignPlaces, type Storage } from './arena'
import { absorbScalars, fuseDense, type PlanNode } from './fuse'
import { fuseConvolutions } from './fuse-convolutions'
import { fuseRelu, inOrder } from './fuse-relu'
import type { Graph, Tensor } from './graph'
import { isElementwise, type OpName, type Region } from './op'
import type { KernelCall, Plan } from './plan'
import { sizeOf, type Shape } from './shape'
import { simplify } from './simplify'
import { isView, viewOffset } from './view'

/** After a run, `buffer` holds `value` from `offset` on. */
export interface StateUpdate {
  readonly buffer: string
  readonly offset: number
  readonly value: Tensor
}

export interface PlanRequest {
  readonly graph: Graph
  readonly outputs: Readonly<Record<string, Tensor>>
  /** Computed from the values before the run; all of them take effect by its end. */
  readonly updates?: readonly StateUpdate[]
}

/**
 * Makes a graph ready to run: drops what no output needs, folds constants, fuses, and gives every tensor its place in
 * one arena, in which places are reused as soon as their tensor has been read for the last time.
 */
export function planGraph(request: PlanRequest): Plan {
  return new Planner(request).plan()
}

/** A tensor's storage and where in it the tensor begins. */
interface Place {
  readonly storage: Storage
  readonly offset: number
}

class Planner {
  private readonly nodes: Map<number, PlanNode>
  private readonly order: PlanNode[]
  private readonly position: Map<number, number>
  private readonly outputs: [string, number][]
  private readonly updates: { buffer: string; offset: number; value: number }[]
  private readonly places = new Map<number, Place>()
  private readonly lastRead = new Map<number, number>()
  private readonly constants: { storage: Storage; shape: Shape; values: readonly number[] }[] = []
  private readonly storages: Storage[] = []
  private readonly states = new Map<string, number>()

  constructor({ graph, outputs, updates = [] }: PlanRequest) {
    const rewritten = simplify(graph.nodes)
    const ends = [...Object.values(outputs), ...updates.map(({ value }) => value)]
    const wanted = ends.map(({ id }) => rewritten.resolve(id))
    const nodes = reachable(rewritten.nodes, wanted)
    const kept = new Set(wanted)
    absorbScalars(nodes)
    fuseDense(nodes, kept)
    fuseConvolutions(nodes, kept)
    const standIn = fuseRelu(nodes, kept)
    const resolve = ({ id }: Tensor): number => {
      const found = rewritten.resolve(id)
      return standIn.get(found) ?? found
    }
    this.outputs = Object.entries(outputs).map(([name, tensor]) => [name, resolve(tensor)])
    this.updates = updates.map((update) => ({ ...update, value: resolve(update.value) }))
    this.nodes = reachable(nodes, ends.map(resolve))
    this.order = inOrder(this.nodes)
    this.position = new Map(this.order.map((node, index) => [node.id, index]))
  }

  plan(): Plan {
    this.findLastReads()
    for (const node of this.order) if (isLeaf(node)) this.placeLeaf(node)
    this.placeUpdatesInState()
    this.placeConcatParts()
    for (const node of this.order) this.place(node)
    this.measureLives()
    const calls = this.makeCalls()
    const copies = this.makeStateCopies()
    const arenaSize = assignPlaces(this.storages)
    return {
      arenaSize,
      constants: this.constants.map(({ storage, shape, values }) => ({
        region: toRegion({ storage, offset: 0 }, shape),
        values,
      })),
      inputs: Object.fromEntries(
        this.order
          .filter((node) => node.op === 'input')
          .map((node) => [String(node.attributes.name), this.region(node.id)]),
      ),
      outputs: Object.fromEntries(this.outputs.map(([name, id]) => [name, this.region(id)])),
      states: Object.fromEntries(this.states),
      calls: [...calls, ...copies].map((make) => make()),
    }
  }

  /** The last call that reads each node, by position; a view's readers are its base's readers too. */
  private findLastReads(): void {
    const end = this.order.length
    for (const [, id] of this.outputs) this.lastRead.set(id, end)
    for (const { value } of this.updates) this.lastRead.set(value, end)
    for (const node of [...this.order].reverse()) {
      const reach = isView(node, this.nodes)
        ? (this.lastRead.get(node.id) ?? -1)
        : this.position.get(node.id)!
      for (const id of node.inputs) this.lastRead.set(id, Math.max(this.lastRead.get(id) ?? -1, reach))
    }
  }

  private placeLeaf(node: PlanNode): void {
    if (node.op === 'state') return this.placeState(node)
    const storage = this.newStorage(sizeOf(node.shape), node.op === 'random' ? undefined : 'always')
    this.places.set(node.id, { storage, offset: 0 })
    if (node.op === 'constant')
      this.constants.push({ storage, shape: node.shape, values: node.attributes.values as number[] })
  }

  private placeState(node: PlanNode): void {
    const { buffer, offset } = node.attributes as { buffer: string; offset: number }
    this.places.set(node.id, { storage: this.stateStorage(buffer, offset + sizeOf(node.shape)), offset })
  }

  private readonly stateStorages = new Map<string, Storage>()

  private stateStorage(buffer: string, size: number): Storage {
    this.states.set(buffer, Math.max(this.states.get(buffer) ?? 0, size))
    const known = this.stateStorages.get(buffer)
    if (known) return known
    const storage: Storage = { buffer, size, first: 0, last: Infinity, offset: 0 }
    this.stateStorages.set(buffer, storage)
    return storage
  }

  /**
   * An update is computed right in its buffer when the kernel is elementwise and nobody needs the old values later.
   * Other updates are copied at the end.
   */
  private placeUpdatesInState(): void {
    for (const { buffer, offset, value } of this.updates) {
      const size = sizeOf(this.nodes.get(value)!.shape)
      const storage = this.stateStorage(buffer, offset + size)
      const node = this.nodes.get(value)!
      if (
        !this.places.has(value) &&
        isElementwise(node.op) &&
        this.oldValuesAreDone(node, buffer, offset, size)
      )
        this.places.set(value, { storage, offset })
    }
  }

  private oldValuesAreDone(update: PlanNode, buffer: string, offset: number, size: number): boolean {
    const now = this.position.get(update.id)!
    return this.order.every((node) => {
      if (node.op !== 'state' || node.attributes.buffer !== buffer) return true
      const start = node.attributes.offset as number
      const length = sizeOf(node.shape)
      if (start >= offset + size || start + length <= offset) return true
      const last = this.lastRead.get(node.id) ?? -1
      const inPlace = start === offset && length === size
      return last < now || (last === now && inPlace && update.inputs.includes(node.id))
    })
  }

  private isFirstAxisConcat(node: PlanNode): boolean {
    return (
      node.op === 'concat' && node.shape.slice(0, node.attributes.axis as number).every((size) => size === 1)
    )
  }

  /** Parts of a concat along the first axis are computed right in their place in it. */
  private placeConcatParts(): void {
    for (const node of [...this.order].reverse()) {
      if (!this.isFirstAxisConcat(node)) continue
      const whole = this.places.get(node.id) ?? { storage: this.newStorage(sizeOf(node.shape)), offset: 0 }
      this.places.set(node.id, whole)
      let offset = whole.offset
      for (const id of node.inputs) {
        this.placePart(id, whole.storage, offset)
        offset += sizeOf(this.nodes.get(id)!.shape)
      }
    }
  }

  /** Views take the place of their base, so it is the base that moves into the concat, if it is free to. */
  private placePart(id: number, storage: Storage, offset: number): void {
    const size = sizeOf(this.nodes.get(id)!.shape)
    let node = this.nodes.get(id)!
    while (isView(node, this.nodes)) node = this.nodes.get(node.inputs[0]!)!
    if (!this.places.has(node.id) && sizeOf(node.shape) === size)
      this.places.set(node.id, { storage, offset })
  }

  private place(node: PlanNode): void {
    if (this.places.has(node.id)) return
    if (isView(node, this.nodes)) {
      const base = this.places.get(node.inputs[0]!)!
      this.places.set(node.id, { storage: base.storage, offset: base.offset + viewOffset(node, this.nodes) })
      return
    }
    this.places.set(
      node.id,
      this.inPlace(node) ?? { storage: this.newStorage(sizeOf(node.shape)), offset: 0 },
    )
  }

  /** The place of an input that dies here, for an elementwise kernel. */
  private inPlace(node: PlanNode): Place | undefined {
    if (!isElementwise(node.op)) return undefined
    const now = this.position.get(node.id)!
    for (const id of node.inputs) {
      const place = this.places.get(id)!
      const own = place.storage.buffer === 'arena' && place.storage.keep !== 'always' && place.offset === 0
      const fits = own && place.storage.size === sizeOf(node.shape)
      if (fits && this.diesAt(place.storage, now) && this.readsAligned(node, place)) return place
    }
    return undefined
  }

  /** No operand reads this storage at another place than the one that is being written. */
  private readsAligned(node: PlanNode, place: Place): boolean {
    return node.inputs.every((id) => {
      const other = this.places.get(id)!
      return other.storage !== place.storage || sizeOf(this.nodes.get(id)!.shape) === place.storage.size
    })
  }

  private diesAt(storage: Storage, now: number): boolean {
    return [...this.places].every(
      ([id, place]) => place.storage !== storage || (this.lastRead.get(id) ?? -1) <= now,
    )
  }

  private newStorage(size: number, keep?: 'always'): Storage {
    const storage: Storage = { buffer: 'arena', size, first: Infinity, last: -1, offset: 0, keep }
    this.storages.push(storage)
    return storage
  }

  private measureLives(): void {
    for (const [id, { storage }] of this.places) {
      if (storage.buffer !== 'arena') continue
      storage.first = Math.min(storage.first, storage.keep === 'always' ? -1 : this.position.get(id)!)
      storage.last = Math.max(
        storage.last,
        storage.keep === 'always' ? Infinity : (this.lastRead.get(id) ?? -1),
      )
    }
  }

  private makeCalls(): (() => KernelCall)[] {
    return this.order.flatMap((node) => {
      if ((isLeaf(node) && node.op !== 'random') || isView(node, this.nodes)) return []
      if (this.isFirstAxisConcat(node)) return this.concatCopies(node)
      return [() => this.call(node)]
    })
  }

  private call(node: PlanNode): KernelCall {
    const read = isElementwise(node.op)
      ? (id: number) => this.elementRegion(id)
      : (id: number) => this.region(id)
    const inputs = node.inputs.map(read)
    return {
      op: node.op,
      inputs,
      output: this.region(node.id),
      attributes: node.attributes,
      node: node.id,
      scope: node.scope,
    }
  }

  /** Parts that are in place already cost nothing; the others are copied there. */
  private concatCopies(node: PlanNode): (() => KernelCall)[] {
    const whole = this.places.get(node.id)!
    let offset = whole.offset
    return node.inputs.flatMap((id) => {
      const { shape } = this.nodes.get(id)!
      const target: Place = { storage: whole.storage, offset }
      offset += sizeOf(shape)
      return samePlace(this.places.get(id)!, target)
        ? []
        : [() => this.copy(node, id, toRegion(target, shape))]
    })
  }

  private makeStateCopies(): (() => KernelCall)[] {
    return this.updates.flatMap(({ buffer, offset, value }) => {
      const target: Place = { storage: this.stateStorage(buffer, 0), offset }
      if (samePlace(this.places.get(value)!, target)) return []
      const node = this.nodes.get(value)!
      return [() => this.copy(node, value, toRegion(target, node.shape))]
    })
  }

  private copy(node: PlanNode, from: number, output: Region): KernelCall {
    return {
      op: 'copy',
      inputs: [this.region(from)],
      output,
      attributes: {},
      node: node.id,
      scope: node.scope,
    }
  }

  /** Elementwise kernels read a constant of one number as one element. */
  private elementRegion(id: number): Region {
    const node = this.nodes.get(id)!
    const single = node.op === 'constant' && (node.attributes.values as number[]).length === 1
    return single ? toRegion(this.places.get(id)!, [1]) : this.region(id)
  }

  private region(id: number): Region {
    return toRegion(this.places.get(id)!, this.nodes.get(id)!.shape)
  }
}

const leaves: ReadonlySet<string> = new Set<OpName>(['input', 'state', 'constant', 'random'])
const isLeaf = (node: PlanNode): boolean => leaves.has(node.op)

const samePlace = (a: Place, b: Place): boolean => a.storage === b.storage && a.offset === b.offset

const toRegion = ({ storage, offset }: Place, shape: Shape): Region => ({
  buffer: storage.buffer,
  offset: storage.offset + offset,
  shape,
})

function reachable(nodes: ReadonlyMap<number, PlanNode>, wanted: readonly number[]): Map<number, PlanNode> {
  const found = new Map<number, PlanNode>()
  const open = [...wanted]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id)) continue
    const node = nodes.get(id)!
    found.set(id, node)
    open.push(...node.inputs)
  }
  return found
}
