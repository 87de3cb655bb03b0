import type { RunChart } from '../../core/charts/run-charts'
import { desktop } from '../desktop'
import { fileNameFor } from '../paths'
import type { PictureFormat } from './picture'

/** A file that was written. */
export interface SavedFile {
  readonly path: string
  /** Bytes. */
  readonly size: number
}

/** Asks where to and writes the chart there. @returns nothing when the user cancelled. @throws LabError */
export async function saveChart(
  chart: RunChart,
  format: PictureFormat,
  prefix = '',
): Promise<SavedFile | null> {
  const name = fileNameFor(prefix, `${prefix && '-'}${chart.id}.${format.extension}`)
  const filter = { name: format.label, extensions: [format.extension] }
  const path = await desktop.saveFileDialog(name, [filter])
  if (path === null) return null
  const bytes = await format.bytes(chart)
  await desktop.writeFile(path, bytes)
  return { path, size: bytes.byteLength }
}

/** `48.2 kB` */
export function formatBytes(size: number): string {
  if (size < 1000) return `${size} bytes`
  const unit = size < 1e6 ? 'kB' : 'MB'
  return `${(size / (size < 1e6 ? 1e3 : 1e6)).toFixed(1)} ${unit}`
}
