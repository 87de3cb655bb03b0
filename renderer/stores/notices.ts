import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { HelpPage } from '../../core/errors/lab-error'
import { toHelpPage } from '../../core/errors/lab-error'

export interface Notice {
  readonly id: number
  readonly text: string
}

/**
 * What the lab tells in passing. `say` shows a short confirmation; `fail` opens a help page over the window, for errors
 * that belong to no panel (a file that cannot be saved). Screen readers hear both, and `announce` alone.
 */
export const useNotices = defineStore('notices', () => {
  const notices = ref<Notice[]>([])
  const problem = shallowRef<HelpPage | null>(null)
  const announcement = ref('')
  let next = 1

  function say(text: string): void {
    notices.value = [...notices.value, { id: next++, text }].slice(-3)
  }
  function dismiss(id: number): void {
    notices.value = notices.value.filter((notice) => notice.id !== id)
  }
  function fail(error: unknown): void {
    problem.value = toHelpPage(error)
  }
  /** Runs a task; what it throws is shown. Returns its result, or nothing after an error. */
  async function guard<T>(task: () => Promise<T>): Promise<T | undefined> {
    try {
      return await task()
    } catch (error) {
      fail(error)
      return undefined
    }
  }
  function announce(text: string): void {
    announcement.value = announcement.value === text ? `${text}\u00a0` : text
  }
  return { notices, problem, announcement, say, dismiss, fail, guard, announce }
})
