import { onMounted, onUnmounted } from 'vue'

const isTyping = (element: EventTarget | null): boolean =>
  element instanceof HTMLInputElement ||
  element instanceof HTMLTextAreaElement ||
  (element instanceof HTMLElement && element.isContentEditable)

/** Ctrl+V outside of a text field, where `wanted` says that a pasted table is meant. */
export function usePaste(paste: () => unknown, wanted: () => boolean): void {
  const listen = (event: ClipboardEvent): void => {
    if (isTyping(event.target) || !wanted()) return
    event.preventDefault()
    paste()
  }
  onMounted(() => document.addEventListener('paste', listen))
  onUnmounted(() => document.removeEventListener('paste', listen))
}
