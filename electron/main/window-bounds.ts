import type { Rectangle } from 'electron'

export const SMALLEST = { width: 960, height: 640 }
const USUAL = { width: 1280, height: 840 }

/**
 * Where the window goes: where it was, if enough of it would be seen on a display that is there now; else in the
 * middle of the first display. Never larger than its display, never smaller than it can be used.
 * @param displays the work areas, the primary display's first
 */
export function fitBounds(saved: Rectangle | null, displays: readonly Rectangle[]): Rectangle {
  const home = saved && displays.find((display) => isReachable(saved, display))
  const display = home ?? displays[0] ?? { x: 0, y: 0, ...USUAL }
  const wanted = saved ?? USUAL
  const width = Math.max(SMALLEST.width, Math.min(wanted.width, display.width))
  const height = Math.max(SMALLEST.height, Math.min(wanted.height, display.height))
  if (saved && home) return { x: saved.x, y: saved.y, width, height }
  const x = display.x + Math.max(0, Math.round((display.width - width) / 2))
  const y = display.y + Math.max(0, Math.round((display.height - height) / 2))
  return { x, y, width, height }
}

/** The title bar can be grasped: its top is on the display, and a hundred pixels of its width are. */
function isReachable(window: Rectangle, display: Rectangle): boolean {
  const left = Math.max(window.x, display.x)
  const right = Math.min(window.x + window.width, display.x + display.width)
  return right - left >= 100 && window.y >= display.y && window.y <= display.y + display.height - 40
}
