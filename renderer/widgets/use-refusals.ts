import { ref } from 'vue'
import { LabError } from '../../core/errors/lab-error'

/** What a form's fields hold that was refused: each stays in its field with the reason, and what it was meant for as it was. */
export function useRefusals() {
  const refused = ref<Record<string, { readonly value: unknown; readonly message: string }>>({})

  /** Makes a change for a field; a help page that it throws is told at the field. */
  function attempt(field: string, value: unknown, change: () => void): void {
    const { [field]: _before, ...others } = refused.value
    try {
      change()
      refused.value = others
    } catch (error) {
      if (!(error instanceof LabError)) throw error
      refused.value = { ...others, [field]: { value, message: `Expected ${error.expected}.` } }
    }
  }
  /** What the field shows: what was refused, or the value in force. */
  const shown = <T>(field: string, inForce: T): T =>
    field in refused.value ? (refused.value[field]!.value as T) : inForce
  const errorOf = (field: string): string | undefined => refused.value[field]?.message
  const forget = (): void => void (refused.value = {})
  return { attempt, shown, errorOf, forget }
}
