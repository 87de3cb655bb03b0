import type { ChangeSettings } from '../../experiment/schema'
import { schedules } from '../../schedules/registry'

/** A change in few words: `learning rate 0.001 and batch size 64`. Without commas, so that it fits a cell of a table. */
export function changeWords({ learningRate, batchSize, schedule, layers = {} }: ChangeSettings): string {
  return [
    learningRate !== undefined && `learning rate ${learningRate}`,
    batchSize !== undefined && `batch size ${batchSize}`,
    schedule && `schedule ${scheduleWords(schedule.type)}`,
    ...Object.entries(layers).map(([path, value]) => `${path} ${value}`),
  ]
    .filter((words) => typeof words === 'string')
    .join(' and ')
}

const scheduleWords = (type: string): string =>
  schedules.has(type) ? schedules.get(type).label.toLowerCase() : type
