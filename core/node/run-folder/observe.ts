import type { TrainingEvent } from '../../training/events'
import type { Trainer } from '../../training/trainer-api'

/** The same trainer; `listen` hears each event at the moment it is made, while the trainer is still in that state. */
export function observe(trainer: Trainer, listen: (event: TrainingEvent) => void): Trainer {
  function* events(): Generator<TrainingEvent, void, void> {
    for (const event of trainer.events) {
      listen(event)
      yield event
    }
  }
  return {
    events: events(),
    stop: () => trainer.stop(),
    change: (set) => trainer.change(set),
    model: () => trainer.model(),
    checkpoint: () => trainer.checkpoint(),
    predict: (split) => trainer.predict(split),
  }
}
