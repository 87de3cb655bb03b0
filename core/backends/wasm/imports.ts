import type { ValueType } from './wasm-encoding'

/** A function that a generated program imports. */
export interface Import {
  readonly module: string
  readonly name: string
  readonly parameters: readonly ValueType[]
  readonly results: readonly ValueType[]
}

/** Numbers the functions that a program imports, each once, in the order of their first use. */
export class Imports {
  readonly list: Import[] = []

  /** A kernel, or with `module` another function. */
  indexOf(
    name: string,
    parameters: readonly ValueType[],
    results: readonly ValueType[],
    module = 'kernels',
  ): number {
    const known = this.list.findIndex((entry) => entry.name === name && entry.module === module)
    return known >= 0 ? known : this.list.push({ module, name, parameters, results }) - 1
  }
}
