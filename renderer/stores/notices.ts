import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { HelpPage } from '../../core/errors/lab-error'
import { toHelpPage } from '../../core/errors/lab-error'

/** What can be done about a notice at once, such as undoing it. */
export interface NoticeAction {
  readonly label: string
  readonly run: () => void
}

export interface Notice {
  readonly id: number
  readonly text: string
  readonly action?: NoticeAction
}

/** A button beside a problem that leads on. */
export interface Remedy {
  readonly label: string
  act(): void
}

/**
 * What the lab tells in passing. `say` shows a short confirmation; `fail` opens a help page over the window, for errors
 * that belong to no panel (a file that cannot be saved). Screen readers hear both, and `announce` alone.
 */
export const useNotices = defineStore('notices', () => {
  const notices = ref<Notice[]>([])
  const problem = shallowRef<HelpPage | null>(null)
  const remedy = shallowRef<Remedy | null>(null)
  const announcement = ref('')
  let next = 1

  function say(text: string, action?: NoticeAction): void {
    notices.value = [...notices.value, { id: next++, text, ...(action && { action }) }].slice(-3)
  }
  function dismiss(id: number): void {
    notices.value = notices.value.filter((notice) => notice.id !== id)
  }
  /** @param offered what could put it right, for this problem */
  function fail(error: unknown, offered?: (page: HelpPage) => Remedy | undefined): void {
    const page = toHelpPage(error)
    problem.value = page
    remedy.value = offered?.(page) ?? null
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
  return { notices, problem, remedy, announcement, say, dismiss, fail, guard, announce }
})
