import { createRegistry } from '../catalog/registry'
import * as kinds from './kinds'
import type { ScheduleKind } from './schedule'

export const schedules = createRegistry<ScheduleKind>('schedule', kinds)
