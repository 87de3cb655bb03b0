import { pathInWords } from './path-words'

/** Where the trouble is; only the fields that apply are given. Rows are numbered from 1, header not counted. */
export interface Place {
  readonly file?: string
  readonly row?: number
  readonly column?: string
  /** Path inside the experiment, such as `network.2.units`. */
  readonly path?: string
  /** Name of the layer as the user sees it, such as `3 · dense`. */
  readonly layer?: string
  readonly step?: number
}

/** A small help page: what was expected, what came, and what to do next. */
export interface HelpPage {
  /** Stable, for tests and for looking help up: `unknown-kind`, `file-missing`, ... */
  readonly code: string
  readonly expected: string
  readonly came: string
  readonly advice: string
  readonly place?: Place
}

/** The only error that is meant for a user's eyes. Everything else is a defect of the program. */
export class LabError extends Error implements HelpPage {
  override readonly name = 'LabError'
  readonly code: string
  readonly expected: string
  readonly came: string
  readonly advice: string
  readonly place: Place

  constructor(page: HelpPage) {
    super(`expected ${page.expected}, got ${page.came}`)
    this.code = page.code
    this.expected = page.expected
    this.came = page.came
    this.advice = page.advice
    this.place = page.place ?? {}
  }

  /** The same error with more of its place known, for a caller that knows the file or the layer. */
  at(place: Place): LabError {
    return new LabError({ ...this.toPage(), place: { ...place, ...this.place } })
  }

  /** Plain data that crosses process boundaries; `new LabError(page)` reads it back. */
  toPage(): HelpPage {
    const { code, expected, came, advice, place } = this
    return { code, expected, came, advice, place }
  }
}

const describePlace = (place: Place): string =>
  [
    place.file && `file ${place.file}`,
    place.row !== undefined && `row ${place.row}`,
    place.column !== undefined && `column "${place.column}"`,
    place.layer && `layer ${place.layer}`,
    place.path && `at ${pathInWords(place.path)}`,
    place.step !== undefined && `step ${place.step}`,
  ]
    .filter(Boolean)
    .join(', ')

/** The help page as plain text of four short lines, for terminals and logs. */
export function formatHelpPage(page: HelpPage): string {
  const where = describePlace(page.place ?? {})
  const lines = [`expected  ${page.expected}`, `got       ${page.came}`]
  if (where) lines.push(`where     ${where}`)
  lines.push(`what next ${page.advice}`)
  return lines.join('\n')
}

/** Turns anything thrown into a help page; a stranger becomes an `unexpected` page that keeps its message. */
export function toHelpPage(error: unknown): HelpPage {
  if (error instanceof LabError) return error.toPage()
  const message = error instanceof Error ? error.message : String(error)
  return {
    code: 'unexpected',
    expected: 'the program to handle this',
    came: message,
    advice: 'Please report this with the steps that led here; your files were left as they are.',
  }
}
