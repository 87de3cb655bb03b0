import type { Numbers, Program } from './backend'

/**
 * Where numbers go into a program or come out of it, looked up once by name. When memory moves, what pointed to the old one
 * becomes empty, and only then the program is asked again.
 */
export class Place {
  private known: Numbers

  private constructor(private readonly ask: () => Numbers) {
    this.known = ask()
  }

  /** @throws RangeError when the program has no such input */
  static input = (program: Program, name: string): Place => new Place(() => program.input(name))

  /** @throws RangeError when the program has no such output */
  static output = (program: Program, name: string): Place => new Place(() => program.output(name))

  get numbers(): Numbers {
    return this.known.length ? this.known : (this.known = this.ask())
  }
}
