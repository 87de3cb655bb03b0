import { onMounted, onUnmounted, ref } from 'vue'
import { LabError } from '../../core/errors/lab-error'
import { desktop } from '../desktop'

const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false

/** Files may be dropped anywhere in the window. Returns whether one hovers over it now. */
export function useFileDrop(open: (path: string) => Promise<unknown>, fail: (error: unknown) => void) {
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
    void takeOne(files).then(open).catch(fail)
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

/** @throws LabError when it is not one file with a place on this computer */
async function takeOne(files: readonly File[]): Promise<string> {
  const [file] = files
  const path = file && files.length === 1 ? desktop.pathForFile(file) : ''
  if (path) return path
  throw new LabError({
    code: 'drop-one-file',
    expected: 'one CSV or .nabla.json file from this computer',
    came: files.length > 1 ? `${files.length} files` : (file?.name ?? 'no file'),
    advice: 'Drop a single file from the file manager, or open it with the Open button.',
  })
}
