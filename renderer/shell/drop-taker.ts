import { onActivated, onDeactivated, onMounted, onUnmounted, shallowRef } from 'vue'
import type { DataSource } from '../../core/experiment/schema'

/** Who takes a table that is dropped on the window, other than by opening it. */
export interface DropTaker {
  /** What a drop does, such as `Drop to predict its rows`. */
  readonly label: () => string
  /** Takes the file, or leaves it to be opened. */
  readonly take: (source: DataSource) => Promise<boolean>
}

/** The one of the panel that is shown. */
export const dropTaker = shallowRef<DropTaker | null>(null)

/** Takes files for as long as the panel that calls it is shown. */
export function takeDrops(taker: DropTaker): void {
  const begin = (): void => void (dropTaker.value = taker)
  const end = (): void => {
    if (dropTaker.value === taker) dropTaker.value = null
  }
  onMounted(begin)
  onActivated(begin)
  onDeactivated(end)
  onUnmounted(end)
}
