import { ref } from 'vue'
import { useNotices } from '../../stores/notices'
import { useRuns } from '../../stores/runs'

/** Actions on runs that show their errors and are not started twice. */
export function useRunActions() {
  const runs = useRuns()
  const notices = useNotices()
  const isBusy = ref(false)

  async function act(task: () => Promise<unknown>): Promise<void> {
    if (isBusy.value) return
    isBusy.value = true
    await notices.guard(task)
    isBusy.value = false
  }
  const onCurrent = (task: (id: string) => Promise<unknown>) => (): Promise<void> =>
    act(async () => {
      if (runs.current) await task(runs.current.id)
    })

  return {
    isBusy,
    start: () => act(runs.start),
    pause: onCurrent(runs.pause),
    resume: onCurrent(runs.resume),
    stop: onCurrent(runs.stop),
    stepBatch: onCurrent((id) => runs.step(id, 'batch')),
    stepEpoch: onCurrent((id) => runs.step(id, 'epoch')),
    close: (id: string) => act(() => runs.close(id)),
  }
}
