/** Where a command's words go: standard output and error, or a test's lists. */
export interface Terminal {
  out(text: string): void
  err(text: string): void
  /** True when a person watches standard error, so that a bar may be drawn there. */
  readonly watched: boolean
  /** True when standard error takes colours. */
  readonly colours: boolean
}

/** The process's own streams; colours only for a terminal, and never when NO_COLOR is set. */
export const processTerminal = (): Terminal => ({
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  watched: process.stderr.isTTY === true && process.env.TERM !== 'dumb',
  colours: process.stderr.isTTY === true && !process.env.NO_COLOR && process.env.TERM !== 'dumb',
})

const codes = { bold: 1, dim: 2, red: 31, green: 32 } as const

export type Paint = (style: keyof typeof codes, text: string) => string

export const painter =
  (colours: boolean): Paint =>
  (style, text) =>
    colours ? `\u001b[${codes[style]}m${text}\u001b[0m` : text
