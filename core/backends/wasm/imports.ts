import type { ValueType } from './wasm-encoding'

/** A function that a generated program imports from the kernels. */
export interface Import {
  readonly name: string
  readonly parameters: readonly ValueType[]
  readonly results: readonly ValueType[]
}

/** Numbers the functions that a program imports, each once, in the order of their first use. */
export class Imports {
  readonly list: Import[] = []

  indexOf(name: string, parameters: readonly ValueType[], results: readonly ValueType[]): number {
    const known = this.list.findIndex((entry) => entry.name === name)
    return known >= 0 ? known : this.list.push({ name, parameters, results }) - 1
  }
}
