import { desktop } from '../desktop'
import { fileNameFor } from '../paths'
import type { SavedFile } from './save-chart'

/** Asks where to and writes a text there; the extension is that of `name`. @returns nothing when the user cancelled. @throws LabError */
export async function saveText(text: string, prefix: string, name: string): Promise<SavedFile | null> {
  const extension = name.split('.').at(-1) ?? 'txt'
  const filter = { name: extension.toUpperCase(), extensions: [extension] }
  const path = await desktop.saveFileDialog(fileNameFor(prefix, `${prefix && '-'}${name}`), [filter])
  if (path === null) return null
  const bytes = new TextEncoder().encode(text)
  await desktop.writeFile(path, bytes)
  return { path, size: bytes.byteLength }
}
