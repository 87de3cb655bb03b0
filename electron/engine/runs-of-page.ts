import type { EngineFunctions } from '../../core/protocol/contract'

/**
 * The engine as one page sees it. A page that is reloaded or closed leaves its runs and tasks behind; `closeAll` frees
 * their workers.
 */
export function runsOfPage(engine: EngineFunctions): { functions: EngineFunctions; closeAll: () => void } {
  const runs = new Set<string>()
  const tasks = new Set<string>()
  const functions: EngineFunctions = {
    ...functionsOf(engine),
    async startRun(at, backend) {
      const started = await engine.startRun(at, backend)
      runs.add(started.runId)
      return started
    },
    async closeRun(runId) {
      await engine.closeRun(runId)
      runs.delete(runId)
    },
    async startTask(at, wish) {
      const started = await engine.startTask(at, wish)
      tasks.add(started.taskId)
      return started
    },
    async stopTask(taskId) {
      await engine.stopTask(taskId)
      tasks.delete(taskId)
    },
  }
  const closeAll = () => {
    // A run whose worker died is closed already.
    for (const runId of runs) engine.closeRun(runId).catch(() => undefined)
    for (const taskId of tasks) engine.stopTask(taskId).catch(() => undefined)
    runs.clear()
    tasks.clear()
  }
  return { functions, closeAll }
}

/** The engine's own end is not for pages to call. */
function functionsOf(engine: EngineFunctions & { close?: () => unknown }): EngineFunctions {
  const { close: _close, ...functions } = engine
  return functions
}
