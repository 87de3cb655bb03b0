import { shallowRef } from 'vue'
import type { SavedFile } from '../../charts/save-chart'

/** The files that were saved here in this session, the newest first. */
export const savedFiles = shallowRef<readonly SavedFile[]>([])

export function rememberSaved(file: SavedFile): void {
  savedFiles.value = [file, ...savedFiles.value.filter(({ path }) => path !== file.path)].slice(0, 5)
}
