/** Wire types of protocol buffers that ONNX needs. */
const VARINT = 0
const LENGTH = 2
const FIXED32 = 5

/** One message in protocol buffers' wire format, field by field. Source: “Encoding”, protobuf.dev. */
export class ProtobufMessage {
  private readonly bytes: number[] = []

  /** A whole number of at most 53 bits; negative ones as int64. */
  integer(field: number, value: number): this {
    this.key(field, VARINT)
    this.varint(value)
    return this
  }

  float(field: number, value: number): this {
    this.key(field, FIXED32)
    return this.append(new Uint8Array(Float32Array.of(value).buffer))
  }

  /** Text of ASCII characters. */
  text(field: number, value: string): this {
    return this.data(
      field,
      Array.from(value, (character) => character.charCodeAt(0)),
    )
  }

  message(field: number, message: ProtobufMessage): this {
    return this.data(field, message.bytes)
  }

  data(field: number, bytes: ArrayLike<number>): this {
    this.key(field, LENGTH)
    this.varint(bytes.length)
    return this.append(bytes)
  }

  encode(): Uint8Array {
    return Uint8Array.from(this.bytes)
  }

  private key(field: number, type: number): void {
    this.varint(field * 8 + type)
  }

  private varint(value: number): void {
    if (value < 0) return this.negative(value)
    let rest = value
    for (; rest > 127; rest = Math.floor(rest / 128)) this.bytes.push((rest % 128) | 128)
    this.bytes.push(rest)
  }

  /** Two's complement of 64 bits takes ten bytes. */
  private negative(value: number): void {
    let rest = BigInt.asUintN(64, BigInt(value))
    for (; rest > 127n; rest >>= 7n) this.bytes.push(Number(rest & 127n) | 128)
    this.bytes.push(Number(rest))
  }

  private append(bytes: ArrayLike<number>): this {
    for (let i = 0; i < bytes.length; i++) this.bytes.push(bytes[i]!)
    return this
  }
}
