import type { FoundCsv } from '../../experiment/schema'
import { NotUtf8 } from './csv/survey'
import { openUtf8, type Utf8File } from './csv/utf8-file'
import { decodeFile, findWide, hasAll1252, refuseNotUtf8, undecodable, type FoundEncoding } from './encoding'
import { withTemporaryFile } from './temporary-file'

type Encoding = FoundCsv['encoding']
type Use<T> = (file: Utf8File, encoding: Encoding) => Promise<T>

/**
 * Opens a file as UTF-8 text, whatever it is written in, for as long as `use` works with it. Other encodings are decoded
 * into a temporary file, so that the text can be read at any place. Which encoding it is shows by its byte order mark; else
 * it is UTF-8 if all of it is that, else windows-1252 if that has a letter for every byte.
 * @throws LabError `undecodable` for bytes that no encoding here can read, or what `use` throws
 */
export async function withUtf8<T>(path: string, given: Encoding | undefined, use: Use<T>): Promise<T> {
  const wide = await findWide(path, given)
  if (wide) return decoded(path, wide, use)
  if (given && given !== 'utf-8') return decoded(path, { encoding: given, bigEndian: false }, use)
  try {
    return await opened(path, path, 'utf-8', use)
  } catch (error) {
    if (!(error instanceof NotUtf8)) throw error
    if (given) refuseNotUtf8(path, error.byte, error.row)
    if (!(await hasAll1252(path))) throw undecodable(path)
  }
  return decoded(path, { encoding: 'windows-1252', bigEndian: false }, use)
}

async function opened<T>(path: string, name: string, encoding: Encoding, use: Use<T>): Promise<T> {
  const file = await openUtf8(path, name)
  try {
    return await use(file, encoding)
  } finally {
    file.close()
  }
}

const decoded = <T>(path: string, found: FoundEncoding, use: Use<T>): Promise<T> =>
  withTemporaryFile('copy.csv', decodeFile(path, found), (copy) => opened(copy, path, found.encoding, use))
