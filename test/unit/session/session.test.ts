import { describe, expect, it } from 'vitest'
import type { RunStatus } from '../../../core/protocol/contract'
import { createSession, usualPace, type SessionHost } from '../../../core/protocol/session'
import type { HelpPage } from '../../../core/errors/lab-error'
import type { TrainingEvent } from '../../../core/training/events'
import { fakeTrainer, type FakeOptions, type FakeTime } from './fake-trainer'

function setUp(options: Partial<FakeOptions> = {}, onYield: (count: number) => void = () => undefined) {
  const time: FakeTime = { now: 0 }
  const posts: { at: number; events: readonly TrainingEvent[] }[] = []
  const statuses: RunStatus[] = []
  const problems: HelpPage[] = []
  let yields = 0
  const host: SessionHost = {
    post: (events) => posts.push({ at: time.now, events }),
    status: (status) => statuses.push(status),
    failed: (problem) => problems.push(problem),
    yieldControl: async () => {
      await Promise.resolve()
      onYield(++yields)
    },
    clock: () => time.now,
  }
  const trainer = fakeTrainer(time, { epochs: 4, stepsPerEpoch: 5, stepTime: 1, ...options })
  const session = createSession(trainer, host)
  const events = (): TrainingEvent[] => posts.flatMap((post) => post.events)
  const count = (type: TrainingEvent['type']): number =>
    events().filter((event) => event.type === type).length
  return { time, posts, statuses, problems, session, events, count }
}

describe('a session', () => {
  it('trains to the end and posts start first and end last', async () => {
    const { session, events, statuses, count } = setUp()
    session.run()
    const end = await session.ended
    expect(end.reason).toBe('completed')
    expect(events()[0]?.type).toBe('start')
    expect(events().at(-1)).toEqual(end)
    expect(count('epoch')).toBe(4)
    expect(statuses).toEqual(['running', 'finished'])
  })

  it('posts about 15 batches a second, far below the 30 allowed, and never drops an epoch', async () => {
    const { session, posts, count, time } = setUp({ epochs: 500, stepsPerEpoch: 10, stepTime: 0.5 })
    session.run()
    await session.ended
    expect(time.now).toBe(2500)
    expect(posts.length).toBeLessThanOrEqual(2.5 * 15 + 1)
    expect(posts.length).toBeGreaterThan(2.5 * 12)
    expect(count('epoch')).toBe(500)
    expect(count('step')).toBeLessThanOrEqual(posts.length * usualPace.steps)
    const steps = posts[3]?.events.filter((event) => event.type === 'step') ?? []
    const following = posts[4]?.events.find((event) => event.type === 'step')
    expect(steps.length).toBe(usualPace.steps)
    expect(following && 'step' in following ? following.step : 0).toBeGreaterThan(0)
  })

  it('lets messages in after each time slice', async () => {
    let looks = 0
    const { session } = setUp({ epochs: 20, stepsPerEpoch: 50, stepTime: 1 }, () => looks++)
    session.run()
    await session.ended
    expect(looks).toBeGreaterThanOrEqual(1000 / usualPace.slice)
  })

  it('pauses between two steps and goes on where it was', async () => {
    const { session, statuses, events, count } = setUp({ stepTime: 10 }, (yields) => {
      if (yields === 3) void session.pause()
    })
    session.run()
    await turns()
    expect(statuses).toEqual(['running', 'paused'])
    const before = events().length
    expect(before).toBeGreaterThan(1)
    await turns()
    expect(events().length).toBe(before)
    session.run()
    await session.ended
    expect(statuses).toEqual(['running', 'paused', 'running', 'finished'])
    expect(count('step')).toBe(20)
  })

  it('can be resumed from within its own report of the pause', async () => {
    const time: FakeTime = { now: 0 }
    let paused = 0
    const session = createSession(fakeTrainer(time, { epochs: 2, stepsPerEpoch: 3, stepTime: 30 }), {
      post: () => undefined,
      failed: () => undefined,
      clock: () => time.now,
      yieldControl: async () => {
        await Promise.resolve()
        if (time.now === 60 && paused === 0) void session.pause()
      },
      status: (status) => {
        if (status !== 'paused') return
        paused++
        session.run()
      },
    })
    session.run()
    expect((await session.ended).step).toBe(6)
    expect(paused).toBe(1)
  })

  it('steps one batch at a time, and the last batch of an epoch brings the epoch', async () => {
    const { session, events } = setUp({ epochs: 2, stepsPerEpoch: 2 })
    const types = (): string[] => events().map((event) => event.type)
    await session.step('batch')
    expect(types()).toEqual(['start', 'step'])
    await session.step('batch')
    expect(types()).toEqual(['start', 'step', 'step', 'epoch'])
    await session.step('batch')
    await session.step('batch')
    expect(types().slice(4)).toEqual(['step', 'step', 'epoch', 'end'])
    await session.step('batch')
    expect(types().length).toBe(8)
  })

  it('steps one epoch at a time', async () => {
    const { session, count, statuses } = setUp()
    await session.step('epoch')
    expect([count('step'), count('epoch')]).toEqual([5, 1])
    await session.step('epoch')
    expect([count('step'), count('epoch')]).toEqual([10, 2])
    expect(statuses).toEqual(['paused', 'paused'])
  })

  it('takes steps that are asked for at once one after the other', async () => {
    const { session, count } = setUp({ stepTime: 30 })
    await Promise.all([session.step('epoch'), session.step('epoch'), session.step('epoch')])
    expect(count('epoch')).toBe(3)
  })

  it('refuses to step while it trains', async () => {
    const { session } = setUp()
    session.run()
    await expect(session.step('batch')).rejects.toMatchObject({ code: 'run-not-paused' })
    await session.ended
  })

  it('stops a run, running or paused, with an end event', async () => {
    const { session, count } = setUp()
    await session.step('batch')
    await session.stop()
    expect((await session.ended).reason).toBe('stopped')
    expect(count('step')).toBe(1)
    const running = setUp({ epochs: 1000 }, (yields) => {
      if (yields === 3) void running.session.stop()
      if (yields === 4) void running.session.pause()
    })
    running.session.run()
    expect((await running.session.ended).reason).toBe('stopped')
    expect(running.statuses).toEqual(['running', 'finished'])
  })

  it('reports a trainer that throws, with the events before it', async () => {
    const { session, problems, statuses, events } = setUp({ breakAt: 7 })
    session.run()
    await expect(session.ended).rejects.toThrow('the fake trainer broke')
    expect(problems[0]?.came).toBe('the fake trainer broke')
    expect(statuses).toEqual(['running', 'failed'])
    expect(events().filter((event) => event.type === 'step').length).toBe(6)
  })
})

const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 50; turn++) await Promise.resolve()
}
