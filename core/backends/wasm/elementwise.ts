import type { Imports } from './imports'
import { laneOps, type LaneScope } from './lane-ops'
import {
  functionBody,
  i32Const,
  localGet,
  localSet,
  localTee,
  memoryArgument,
  opcodes,
  vectorOp,
  vectorOpcodes,
  type Bytes,
  type ValueType,
} from './wasm-encoding'

/** An operand: as many numbers as the loop has, or a single one that goes with all of them. */
export interface LoopOperand {
  readonly address: number
  readonly single: boolean
}

/** One op within a loop. `store` is false when nobody reads the result outside the loop. */
export interface LoopStep {
  readonly op: string
  readonly operands: readonly LoopOperand[]
  readonly address: number
  readonly store: boolean
}

/**
 * Elementwise ops over `count` numbers as one pass over memory. Places that it touches are the same or apart, so that
 * going through all ops four numbers at a time gives what going through all numbers op by op would give.
 */
export interface ElementwiseLoop {
  readonly count: number
  readonly steps: readonly LoopStep[]
}

/** The byte that the loop is at, from the begin of each operand. */
const AT = 0

/** The body of a function without parameters that runs the loop. What lies between ops stays in locals. */
export function encodeLoop(loop: ElementwiseLoop, imports: Imports): Bytes {
  const locals: ValueType[] = ['i32']
  const singles = new Map<number, number>()
  const code: number[] = []
  for (const { address, single } of loop.steps.flatMap((step) => step.operands)) {
    if (!single || singles.has(address)) continue
    singles.set(address, locals.push('v128') - 1)
    code.push(...i32Const(0), ...vectorOp(vectorOpcodes.load32Splat, ...memoryArgument(address)))
    code.push(...localSet(singles.get(address)!))
  }
  const pass = new Pass(singles, locals, imports)
  const tail = loop.count % 4
  const wholeBytes = (loop.count - tail) * 4
  if (wholeBytes > 0) code.push(...repeat(wholeBytes, pass.encode(loop.steps, 4)))
  if (tail > 0) code.push(...pass.encode(loop.steps, tail))
  return functionBody(locals, code)
}

/** `body` for AT = 0, 16, ... below `end`; AT is left at `end`. */
const repeat = (end: number, body: Bytes): Bytes => [
  ...[opcodes.loop, opcodes.noResult, ...body],
  ...[...localGet(AT), ...i32Const(16), opcodes.i32Add, ...localTee(AT)],
  ...[...i32Const(end), opcodes.i32LessUnsigned, opcodes.branchIf, 0, opcodes.end],
]

/** Writes the code of all steps for the four numbers at AT. */
class Pass implements LaneScope {
  private held = new Map<number, number>()

  constructor(
    private readonly singles: ReadonlyMap<number, number>,
    private readonly locals: ValueType[],
    readonly imports: Imports,
  ) {}

  /** `lanes` of the four are stored; the others were read from beyond the end. */
  encode(steps: readonly LoopStep[], lanes: number): Bytes {
    this.held = new Map()
    return steps.flatMap((step) => {
      // All are loaded before the op's own code, which may want them in another order than that of its operands.
      const code = step.operands.flatMap((operand) => this.load(operand))
      const operands = step.operands.map((operand) => localGet(this.localOf(operand)!))
      code.push(...laneOps[step.op]!(operands, this))
      const result = this.newLocal('v128')
      this.held.set(step.address, result)
      code.push(...localSet(result))
      if (step.store) code.push(...store(step.address, result, lanes))
      return code
    })
  }

  private localOf({ address, single }: LoopOperand): number | undefined {
    return single ? this.singles.get(address) : this.held.get(address)
  }

  /** Nothing to do for what a local holds already. */
  private load(operand: LoopOperand): Bytes {
    if (this.localOf(operand) !== undefined) return []
    const local = this.newLocal('v128')
    this.held.set(operand.address, local)
    const address = memoryArgument(operand.address)
    return [...localGet(AT), ...vectorOp(vectorOpcodes.load, ...address), ...localSet(local)]
  }

  readonly newLocal = (type: ValueType): number => this.locals.push(type) - 1
}

function store(address: number, local: number, lanes: number): Bytes {
  const at = (opcode: number, offset: number, ...lane: number[]): Bytes => [
    ...localGet(AT),
    ...localGet(local),
    ...vectorOp(opcode, ...memoryArgument(address + offset), ...lane),
  ]
  if (lanes === 4) return at(vectorOpcodes.store, 0)
  const pair = lanes & 2 ? at(vectorOpcodes.store64Lane, 0, 0) : []
  return lanes & 1 ? [...pair, ...at(vectorOpcodes.store32Lane, (lanes & 2) * 4, lanes & 2)] : pair
}
