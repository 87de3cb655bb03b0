import { onMounted, onUnmounted, ref } from 'vue'
import { LabError } from '../../core/errors/lab-error'
import type { DataSource } from '../../core/experiment/schema'
import { desktop } from '../desktop'
import { sourceOf } from '../paths'

const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false

/** Files may be dropped anywhere in the window. Returns whether one hovers over it now. */
export function useFileDrop(open: (source: DataSource) => Promise<unknown>, fail: (error: unknown) => void) {
  const isOver = ref(false)
  const over = (event: DragEvent): void => {
    if (!hasFiles(event)) return
    event.preventDefault()
    if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy'
    isOver.value = true
  }
  const leave = (event: DragEvent): void => {
    if (event.relatedTarget === null) isOver.value = false
  }
  const drop = (event: DragEvent): void => {
    isOver.value = false
    if (!hasFiles(event)) return
    event.preventDefault()
    const files = [...(event.dataTransfer?.files ?? [])]
    void takeFiles(files).then(open).catch(fail)
  }
  onMounted(() => {
    window.addEventListener('dragover', over)
    window.addEventListener('dragleave', leave)
    window.addEventListener('drop', drop)
  })
  onUnmounted(() => {
    window.removeEventListener('dragover', over)
    window.removeEventListener('dragleave', leave)
    window.removeEventListener('drop', drop)
  })
  return isOver
}

/** One file, or several of data that make one table. @throws LabError for what has no place on this computer */
async function takeFiles(files: readonly File[]): Promise<DataSource> {
  const paths = files.map((file) => desktop.pathForFile(file))
  const lost = paths.indexOf('')
  if (paths.length === 0 || lost >= 0) refuseDrop('drop-file', files[lost]?.name ?? 'no file')
  return togetherOf(paths)
}

/** Files that come at the same time as one source. @throws LabError `drop-one-file` for an experiment among several */
export async function togetherOf(paths: readonly string[]): Promise<DataSource> {
  if (paths.length > 1)
    for (const path of paths)
      if (await desktop.isExperiment(path)) refuseDrop('drop-one-file', `${paths.length} files`)
  return sourceOf(paths)
}

function refuseDrop(code: 'drop-file' | 'drop-one-file', came: string): never {
  throw new LabError({
    code,
    expected: 'one experiment, or files of data of one shape, from this computer',
    came,
    advice: 'Drop files from the file manager, or open them with the Open button.',
  })
}
