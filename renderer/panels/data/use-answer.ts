import { onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'
import { toHelpPage, type HelpPage } from '../../../core/errors/lab-error'

/** After the last letter, in milliseconds. */
const settle = 200

/**
 * The engine's answer to a question that changes while somebody types, or what is wrong with it; null asks nothing. Answers
 * that a newer question has overtaken are dropped.
 */
export function useAnswer<Q, A>(question: Ref<Q | null>, ask: (question: Q) => Promise<A>) {
  const answer = shallowRef<A | null>(null)
  const problem = shallowRef<HelpPage | null>(null)
  const isAsking = ref(false)
  let asked = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  async function put(wanted: Q): Promise<void> {
    const number = ++asked
    try {
      const told = await ask(wanted)
      if (number !== asked) return
      answer.value = told
      problem.value = null
    } catch (error) {
      if (number === asked) problem.value = toHelpPage(error)
    } finally {
      if (number === asked) isAsking.value = false
    }
  }

  watch(
    question,
    (wanted) => {
      clearTimeout(timer)
      asked++
      isAsking.value = wanted !== null
      if (wanted !== null) timer = setTimeout(() => void put(wanted), settle)
      else [answer.value, problem.value] = [null, null]
    },
    { immediate: true },
  )
  onScopeDispose(() => {
    clearTimeout(timer)
    asked++
  })
  return { answer, problem, isAsking }
}
