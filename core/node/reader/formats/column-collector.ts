import type { RawColumn } from '../../../data/raw'

/** What a format that knows types stores in a cell; null is a missing one. */
export type StoredCell = number | boolean | string | null

/** A column of numbers or yes/no as the file stores them (NaN is missing), or of text whose meaning is still open. */
export type StoredColumn =
  | { readonly kind: 'number' | 'boolean' | 'date'; readonly name: string; readonly values: Float64Array }
  | { readonly kind: 'text'; readonly name: string; readonly raw: RawColumn }

/**
 * Gathers the cells of one column. As long as all are numbers, or all yes/no, they stay numbers; the first cell of
 * another kind makes text of them all.
 */
export class ColumnCollector {
  private kind: 'unknown' | 'number' | 'boolean' | 'text' = 'unknown'
  private values = new Float64Array(1024)
  private codes = new Int32Array(0)
  private readonly places = new Map<string, number>()
  private length = 0

  get rowCount(): number {
    return this.length
  }

  add(cell: StoredCell): void {
    if (cell !== null) this.admit(typeof cell)
    if (this.kind === 'text') this.addText(cell === null ? '' : String(cell))
    else this.addNumber(cell === null ? NaN : Number(cell))
  }

  /** Cells that are not there, up to so many rows. */
  padTo(rows: number): void {
    while (this.length < rows) this.add(null)
  }

  finish(name: string): StoredColumn {
    if (this.kind === 'number' || this.kind === 'boolean')
      return { kind: this.kind, name, values: this.values.slice(0, this.length) }
    if (this.kind === 'unknown') this.becomeText()
    const levels = [...this.places.keys()]
    return { kind: 'text', name, raw: { name, levels, codes: this.codes.slice(0, this.length) } }
  }

  private admit(type: string): void {
    const kind = type === 'string' ? 'text' : (type as 'number' | 'boolean')
    if (this.kind === kind || this.kind === 'text') return
    if (this.kind === 'unknown' && kind !== 'text') this.kind = kind
    else this.becomeText()
  }

  private becomeText(): void {
    const numbers = this.values.subarray(0, this.length)
    const write = (value: number) => (this.kind === 'boolean' ? String(value === 1) : String(value))
    this.codes = new Int32Array(this.values.length)
    this.length = 0
    for (const value of numbers) this.addText(Number.isNaN(value) ? '' : write(value))
    this.values = new Float64Array(0)
    this.kind = 'text'
  }

  private addNumber(value: number): void {
    if (this.length === this.values.length) {
      const wider = new Float64Array(this.length * 2)
      wider.set(this.values)
      this.values = wider
    }
    this.values[this.length++] = value
  }

  private addText(text: string): void {
    if (this.length === this.codes.length) {
      const wider = new Int32Array(Math.max(1024, this.length * 2))
      wider.set(this.codes)
      this.codes = wider
    }
    let code = this.places.get(text)
    if (code === undefined) {
      code = this.places.size
      this.places.set(text, code)
    }
    this.codes[this.length++] = code
  }
}
