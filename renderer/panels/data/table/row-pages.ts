import { shallowRef, triggerRef } from 'vue'
import type { RowsPage } from '../../../../core/data/rows/rows-wish'

export type Row = RowsPage['rows'][number]

/** Rows that are asked for at once. */
const pageRows = 200
/** Pages that are kept; the oldest go. */
const most = 40

type Ask = (from: number, count: number) => Promise<RowsPage>

/**
 * The rows of a long table, of which only those that are looked at are fetched, a page at a time. Of pages that are scrolled
 * past while one is on its way only the last is asked for.
 */
export function createRowPages(ask: Ask) {
  const pages = new Map<number, readonly Row[]>()
  const total = shallowRef<number | null>(null)
  /** Changes whenever a page has come. */
  const version = shallowRef(0)
  let generation = 0
  let isBusy = false
  let wanted: readonly number[] = []

  /** Forgets all, as the table or its order is another. */
  function reset(): void {
    generation++
    pages.clear()
    isBusy = false
    wanted = []
    total.value = null
    need(0, pageRows)
  }

  function need(from: number, to: number): void {
    const first = Math.floor(from / pageRows)
    const last = Math.max(first, Math.floor((to - 1) / pageRows))
    wanted = Array.from({ length: last - first + 1 }, (_, i) => first + i).filter((page) => !pages.has(page))
    void fetchNext()
  }

  async function fetchNext(): Promise<void> {
    const page = wanted[0]
    if (isBusy || page === undefined) return
    const mine = generation
    isBusy = true
    const answer = await ask(page * pageRows, pageRows).catch(() => null)
    if (mine !== generation) return
    isBusy = false
    wanted = wanted.filter((other) => other !== page)
    if (answer) {
      pages.set(page, answer.rows)
      if (pages.size > most) pages.delete(pages.keys().next().value!)
      total.value = answer.total
    }
    version.value++
    triggerRef(version)
    await fetchNext()
  }

  const at = (index: number): Row | undefined => pages.get(Math.floor(index / pageRows))?.[index % pageRows]
  return { total, version, reset, need, at }
}
