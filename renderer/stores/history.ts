import { computed, ref, shallowRef } from 'vue'
import type { ShallowRef } from 'vue'

/** How long changes with the same key run together into one step of undo, in milliseconds. */
const together = 1200
const depth = 200

interface Step<T> {
  readonly value: T
  readonly label: string
}

/**
 * Undo and redo over immutable snapshots. Changes that carry the same `key` within a short time, such as the letters of
 * one word, become one step. `now` comes in from outside, for tests.
 */
export function createHistory<T>(now: () => number = Date.now) {
  const value: ShallowRef<T | null> = shallowRef(null)
  const past = shallowRef<readonly Step<T>[]>([])
  const future = shallowRef<readonly Step<T>[]>([])
  const lastKey = ref('')
  let lastTime = -Infinity

  function reset(first: T | null): void {
    value.value = first
    past.value = []
    future.value = []
    lastKey.value = ''
  }

  function push(next: T, label: string, key = ''): void {
    const before = value.value
    if (before === null) return
    const joins = key !== '' && key === lastKey.value && now() - lastTime < together
    if (!joins) past.value = [...past.value, { value: before, label }].slice(-depth)
    future.value = []
    lastKey.value = key
    lastTime = now()
    value.value = next
  }

  /** Moves one step between the two piles; returns the label of what was undone or redone. */
  function move(from: typeof past, to: typeof past): string | undefined {
    const step = from.value.at(-1)
    if (!step || value.value === null) return undefined
    from.value = from.value.slice(0, -1)
    to.value = [...to.value, { value: value.value, label: step.label }]
    value.value = step.value
    lastKey.value = ''
    return step.label
  }

  return {
    value,
    reset,
    push,
    undo: () => move(past, future),
    redo: () => move(future, past),
    undoLabel: computed(() => past.value.at(-1)?.label),
    redoLabel: computed(() => future.value.at(-1)?.label),
  }
}
