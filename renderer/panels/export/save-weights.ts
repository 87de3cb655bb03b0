import type { ExportKind } from '../../../core/exports/export'
import type { SavedFile } from '../../charts/save-chart'
import { desktop } from '../../desktop'
import { engine } from '../../engine'
import { fileNameFor } from '../../paths'
import type { Run } from '../../stores/runs'

/** Asks where to and has the engine write the weights there. @returns nothing when cancelled. @throws LabError */
export async function saveWeights(run: Run, format: ExportKind): Promise<SavedFile | null> {
  const name = fileNameFor(run.at.experiment.name || 'network', `-weights.${format.extension}`)
  const path = await desktop.saveFileDialog(name, [{ name: format.label, extensions: [format.extension] }])
  if (path === null) return null
  const { bytes } = await engine.exportRun(run.id, format.type, path)
  return { path, size: bytes }
}
