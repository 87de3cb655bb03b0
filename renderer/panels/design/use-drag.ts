import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine'
import {
  draggable,
  dropTargetForElements,
  monitorForElements,
} from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import { onMounted, onUnmounted, shallowRef } from 'vue'
import type { Ref } from 'vue'
import { useStack } from './stack-store'
import type { Place } from './stack-tree'

/** What is dragged: a new layer from the palette, or one of the stack by its place. */
export type Dragged =
  { readonly kind: 'new'; readonly type: string } | { readonly kind: 'old'; readonly place: Place }

const key = Symbol('layer')
const wrap = (dragged: Dragged): Record<symbol, unknown> => ({ [key]: dragged })
const unwrap = (data: Record<string | symbol, unknown>): Dragged | undefined =>
  data[key] as Dragged | undefined

/** The drag under way, for all parts of the panel, and the gap it would go into. */
export const dragged = shallowRef<Dragged | null>(null)
export const gap = shallowRef<Place | null>(null)

/** Follows drags from start to end; once for the panel. */
export function useDragMonitor(): void {
  let stop: (() => void) | undefined
  onMounted(() => {
    stop = monitorForElements({
      onDragStart: ({ source }) => void (dragged.value = unwrap(source.data) ?? null),
      onDrop: () => {
        dragged.value = null
        gap.value = null
      },
    })
  })
  onUnmounted(() => stop?.())
}

/** Makes an element draggable. */
export function useDraggable(
  element: Ref<HTMLElement | null>,
  what: () => Dragged,
  may: () => boolean = () => true,
) {
  let stop: (() => void) | undefined
  onMounted(() => {
    if (element.value)
      stop = draggable({ element: element.value, canDrag: may, getInitialData: () => wrap(what()) })
  })
  onUnmounted(() => stop?.())
}

/** The stack takes what is dropped into the gap that is nearest to the pointer. */
export function useStackTarget(list: Ref<HTMLElement | null>, area: Ref<HTMLElement | null>): void {
  const stack = useStack()
  const gapAt = (y: number): Place => {
    const rows = [...(list.value?.querySelectorAll<HTMLElement>('[data-gap]') ?? [])]
    const below = rows.find((row) => {
      const { top, height } = row.getBoundingClientRect()
      return y < top + height / 2
    })
    // The last row is the output layer, which nothing goes behind.
    return (below ?? rows.at(-1))?.dataset.gap ?? '0'
  }
  useTarget(area, {
    over: (y) => void (gap.value = gapAt(y)),
    leave: () => void (gap.value = null),
    drop: (what, y) =>
      what.kind === 'new' ? stack.add(what.type, gapAt(y)) : stack.move(what.place, gapAt(y)),
  })
}

/** Where a layer of the stack is dropped to be removed. */
export function useBin(area: Ref<HTMLElement | null>, isOver: Ref<boolean>): void {
  const stack = useStack()
  useTarget(area, {
    over: () => void (isOver.value = true),
    leave: () => void (isOver.value = false),
    drop: (what) => {
      isOver.value = false
      if (what.kind === 'old') stack.remove(what.place)
    },
    takes: (what) => what.kind === 'old',
  })
}

interface Target {
  over(y: number): void
  leave(): void
  drop(what: Dragged, y: number): void
  takes?(what: Dragged): boolean
}

function useTarget(area: Ref<HTMLElement | null>, target: Target): void {
  let stop: (() => void) | undefined
  onMounted(() => {
    if (!area.value) return
    stop = combine(
      dropTargetForElements({
        element: area.value,
        canDrop: ({ source }) => {
          const what = unwrap(source.data)
          return what !== undefined && (target.takes?.(what) ?? true)
        },
        onDrag: ({ location }) => target.over(location.current.input.clientY),
        onDragLeave: () => target.leave(),
        onDrop: ({ source, location }) => {
          const what = unwrap(source.data)
          if (what) target.drop(what, location.current.input.clientY)
        },
      }),
    )
  })
  onUnmounted(() => stop?.())
}
