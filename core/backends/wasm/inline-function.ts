import { localSet, unsigned, type Bytes, type ValueType } from './wasm-encoding'

/** A function without branches, as code that can be put into another. */
export interface StraightLine {
  /** Its parameters and then its other locals. */
  readonly locals: readonly ValueType[]
  readonly parameters: number
  /** Its code with each local's number replaced; it finds the parameters in their locals and leaves the result. */
  code(localAt: (index: number) => number): Bytes
}

/** Code that depends on where its locals are. */
type Piece = (localAt: (index: number) => number) => Bytes

const sections = { types: 1, imports: 2, functions: 3, exports: 7, code: 10 } as const
const FUNCTION = 0
const GET = 0x20
const names: Readonly<Record<number, ValueType>> = { 0x7f: 'i32', 0x7d: 'f32', 0x7b: 'v128' }

/** Reads functions out of a compiled module that imports no functions. */
export class ModuleReader {
  private readonly starts = new Map<number, number>()
  private at = 8

  constructor(private readonly bytes: Uint8Array) {
    while (this.at < bytes.length) {
      const id = this.byte()
      const size = this.unsigned()
      this.starts.set(id, this.at)
      this.at += size
    }
  }

  /** The exported function, or nothing where it branches or does what is not known here. */
  straightLine(name: string): StraightLine | undefined {
    const index = this.exportedFunction(name)
    return index === undefined ? undefined : this.functionAt(index)
  }

  private exportedFunction(name: string): number | undefined {
    for (let left = this.enter(sections.exports); left > 0; left--) {
      const length = this.unsigned()
      const found = String.fromCharCode(...this.bytes.subarray(this.at, this.at + length))
      this.at += length
      const kind = this.byte()
      const index = this.unsigned()
      if (kind === FUNCTION && found === name) return index
    }
    return undefined
  }

  private functionAt(index: number): StraightLine | undefined {
    const parameters = this.parametersOf(index)
    this.skipBodies(index)
    const end = this.unsigned() + this.at
    const locals: ValueType[] = [...parameters]
    for (let groups = this.unsigned(); groups > 0; groups--) {
      const count = this.unsigned()
      const type = names[this.byte()]
      if (!type) return undefined
      for (let i = 0; i < count; i++) locals.push(type)
    }
    const pieces = this.pieces(end - 1, parameters, locals)
    if (!pieces) return undefined
    return {
      locals,
      parameters: parameters.length,
      code: (localAt) => pieces.flatMap((piece) => piece(localAt)),
    }
  }

  private parametersOf(index: number): ValueType[] {
    this.enter(sections.functions)
    for (let i = 0; i < index; i++) this.unsigned()
    const type = this.unsigned()
    this.enter(sections.types)
    for (let i = 0; ; i++) {
      this.byte()
      const parameters = this.valueTypes()
      this.valueTypes()
      if (i === type) return parameters
    }
  }

  private valueTypes(): ValueType[] {
    return Array.from({ length: this.unsigned() }, () => names[this.byte()] ?? 'i32')
  }

  private skipBodies(count: number): void {
    this.enter(sections.code)
    for (let i = 0; i < count; i++) this.at = this.unsigned() + this.at
  }

  /**
   * Instructions up to `end`. Functions that are called become part of the code, with locals of their own. In a loop a
   * local holds what the round before left, so none may be read that was not written.
   */
  private pieces(end: number, parameters: readonly ValueType[], locals: ValueType[]): Piece[] | undefined {
    const pieces: Piece[] = []
    const written = new Set(parameters.keys())
    while (this.at < end) {
      const start = this.at
      const opcode = this.byte()
      if (opcode >= 0x20 && opcode <= 0x22) {
        const local = this.unsigned()
        if (opcode !== GET) written.add(local)
        else if (!written.has(local)) return undefined
        pieces.push((localAt) => [opcode, ...unsigned(localAt(local))])
      } else if (opcode === 0x10) {
        const called = this.called(this.unsigned(), locals)
        if (!called) return undefined
        pieces.push(called)
      } else if (this.skipOperands(opcode)) {
        const bytes = [...this.bytes.subarray(start, this.at)]
        pieces.push(() => bytes)
      } else return undefined
    }
    return pieces
  }

  /** A called function's code, which takes what was left for it into its own locals first. */
  private called(index: number, locals: ValueType[]): Piece | undefined {
    const back = this.at
    const body = this.functionAt(index)
    this.at = back
    if (!body) return undefined
    const first = locals.length
    locals.push(...body.locals)
    return (localAt) => {
      const own = (local: number): number => localAt(first + local)
      const operands = Array.from({ length: body.parameters }, (_, i) => localSet(own(i))).reverse()
      return [...operands.flat(), ...body.code(own)]
    }
  }

  /** Goes to the next instruction; false where this one is not of the kinds that can be copied. */
  private skipOperands(opcode: number): boolean {
    if (opcode === 0x41) this.unsigned()
    else if (opcode === 0x43) this.at += 4
    else if (opcode === 0xfd) return this.skipVectorOperands(this.unsigned())
    else return opcode >= 0x45 && opcode <= 0xc4
    return true
  }

  private skipVectorOperands(opcode: number): boolean {
    if (opcode === 0x0c || opcode === 0x0d) this.at += 16
    else if (opcode >= 0x15 && opcode <= 0x22) this.at += 1
    else return opcode >= 0x0e && !(opcode >= 0x54 && opcode <= 0x5d)
    return true
  }

  /** To the section's first entry; gives how many there are. */
  private enter(section: number): number {
    this.at = this.starts.get(section)!
    return this.unsigned()
  }

  private byte(): number {
    return this.bytes[this.at++]!
  }

  private unsigned(): number {
    let value = 0
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte()
      value += (byte & 127) * 2 ** shift
      if (byte < 128) return value
    }
  }
}
