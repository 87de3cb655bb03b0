import type { TrainingEvent } from '../../training/events'
import type { Trainer } from '../../training/trainer-api'

/** A trainer whose events are pulled in the groups in which it tells them. */
export type PulledTrainer = Omit<Trainer, 'events'>

/** The same trainer; `listen` hears each group of events at the moment it is told, while the trainer is still in that state. */
export const observe = (
  trainer: PulledTrainer,
  listen: (events: readonly TrainingEvent[]) => void,
): PulledTrainer => ({
  pull: () => {
    const events = trainer.pull()
    listen(events)
    return events
  },
  tellBatches: (which) => trainer.tellBatches(which),
  stop: () => trainer.stop(),
  change: (set) => trainer.change(set),
  model: () => trainer.model(),
  checkpoint: () => trainer.checkpoint(),
  predict: (split) => trainer.predict(split),
})
