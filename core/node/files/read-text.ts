import { readFileSync } from 'node:fs'
import { LabError } from '../../errors/lab-error'
import { withFile } from './file-problem'

/** A text file. @throws LabError when it cannot be read. */
export const readText = (file: string): string => withFile(file, () => readFileSync(file, 'utf8'))

/** A file's bytes. @throws LabError when it cannot be read. */
export const readBytes = (file: string): Uint8Array =>
  withFile(file, () => new Uint8Array(readFileSync(file)))

/** A JSON file. @throws LabError `not-json` with the line that is wrong. */
export function readJson(file: string): unknown {
  const text = readText(file)
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    throw new LabError({
      code: 'not-json',
      expected: 'a file of well-formed JSON',
      came: describe(error, text),
      advice: 'Correct the file in a text editor, or take an earlier copy of it.',
      place: { file },
    })
  }
}

function describe(error: unknown, text: string): string {
  if (text.trim() === '') return 'an empty file'
  const message = error instanceof Error ? error.message : String(error)
  const position = /position (\d+)/.exec(message)?.[1]
  if (position === undefined) return message
  const before = text.slice(0, Number(position)).split('\n')
  const said = message.replace(/ in JSON at position.*$/, '')
  return `${said} in line ${before.length}, character ${(before.at(-1)?.length ?? 0) + 1}`
}
