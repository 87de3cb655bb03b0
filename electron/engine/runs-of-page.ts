import type { EngineFunctions } from '../../core/protocol/contract'

/**
 * The engine as one page sees it. A page that is reloaded or closed leaves its runs behind; `closeAll` frees their
 * workers.
 */
export function runsOfPage(engine: EngineFunctions): { functions: EngineFunctions; closeAll: () => void } {
  const runs = new Set<string>()
  const functions: EngineFunctions = {
    ...functionsOf(engine),
    async startRun(at) {
      const started = await engine.startRun(at)
      runs.add(started.runId)
      return started
    },
    async closeRun(runId) {
      await engine.closeRun(runId)
      runs.delete(runId)
    },
  }
  const closeAll = () => {
    // A run whose worker died is closed already.
    for (const runId of runs) engine.closeRun(runId).catch(() => undefined)
    runs.clear()
  }
  return { functions, closeAll }
}

/** What the contract names and nothing else: the engine's own end is not for pages to call. */
function functionsOf(engine: EngineFunctions): EngineFunctions {
  const { propose, preview, describe, startRun, pauseRun, resumeRun } = engine
  const { stepRun, stopRun, evaluateRun, exportRun, closeRun, killWorker } = engine
  const named = { propose, preview, describe, startRun, pauseRun, resumeRun }
  const all = { ...named, stepRun, stopRun, evaluateRun, exportRun, closeRun }
  return killWorker ? { ...all, killWorker } : all
}
