import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { countPlaywright, countVitest } from '../../../electron/setup/count-results.mjs'
import { chooseStages, inTurns, runTurn, stages, stagesFor } from '../../../electron/setup/stages.mjs'
import { lastLine, table } from '../../../electron/setup/test-table.mjs'

const vitest = { numPassedTests: 5, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1, testResults: [] }
const playwright = { stats: { expected: 3, unexpected: 1, flaky: 1, skipped: 2 } }

test('vitest: passed, failed and skipped tests are counted', () => {
  expect(countVitest(vitest, 1)).toEqual({ passed: 5, failed: 1, skipped: 3 })
})

test('vitest: a file that does not even load is one failure', () => {
  const testResults = [{ status: 'failed', assertionResults: [] }]
  expect(countVitest({ ...vitest, testResults }, 1).failed).toBe(2)
})

test('playwright: a flaky test passed in the end', () => {
  expect(countPlaywright(playwright, 1)).toEqual({ passed: 4, failed: 1, skipped: 2 })
})

test('a runner that left no report, or failed without a failed test, counts as one failure', () => {
  expect(countVitest(undefined, 0).failed).toBe(1)
  expect(countPlaywright(undefined, 0).failed).toBe(1)
  expect(countVitest({ ...vitest, numFailedTests: 0 }, 1).failed).toBe(1)
  expect(countPlaywright({ stats: { ...playwright.stats, unexpected: 0 } }, 1).failed).toBe(1)
})

const result = { name: 'unit', passed: 120, failed: 0, skipped: 1, milliseconds: 9_400 }

test('the table is aligned and the last line adds up all stages', () => {
  const results = [{ name: 'types', passed: 0, failed: 1, skipped: 0, milliseconds: 61_000 }, result]
  expect(table(results).split('\n')).toEqual([
    'stage   passed   failed   skipped         time',
    'types        0        1         0   1 min 01 s',
    'unit       120        0         1        9.4 s',
  ])
  expect(lastLine(results)).toBe('120 passed, 1 failed')
})

test('without options every stage runs; --only chooses; anything else gets a help page', () => {
  expect(chooseStages([])).toEqual(stages)
  expect(chooseStages(['--only', 'check']).map(({ name }) => name)).toEqual(['types', 'lint', 'format'])
  expect(chooseStages(['--only', 'e2e']).at(-1)?.name).toBe('end to end, timed')
  for (const args of [['--only'], ['--only', 'nothing'], ['unit']]) {
    expect(() => chooseStages(args)).toThrow('These options are not known')
  }
})

test('checks run at the same time, and halves of the windows, each on a display of its own; all are counted', async () => {
  const names = (display: boolean) => inTurns(stagesFor(display)).map((turn) => turn.map(({ name }) => name))
  const before = [['types', 'lint', 'format'], ['unit']]
  expect(names(true)).toEqual([...before, ['end to end'], ['end to end, timed']])
  expect(names(false)).toEqual([...before, ['end to end 1', 'end to end 2'], ['end to end, timed']])
  // Each waits for a file that the other writes: one after the other they would never end.
  const folder = mkdtempSync(join(tmpdir(), 'nabla-stages-'))
  const waiting = (own: string, other: string, code: number): string =>
    `const fs = require('fs'); fs.writeFileSync(${JSON.stringify(join(folder, own))}, '');
     const timer = setInterval(() => { if (fs.existsSync(${JSON.stringify(join(folder, other))})) process.exit(${code}) }, 10);
     setTimeout(() => { clearInterval(timer); process.exit(9) }, 20000)`
  const [types, lint] = stages as [(typeof stages)[0], (typeof stages)[0]]
  const results = await runTurn([
    { ...types, command: () => [process.execPath, '-e', waiting('a', 'b', 0)] },
    { ...lint, command: () => [process.execPath, '-e', waiting('b', 'a', 1)] },
  ])
  rmSync(folder, { recursive: true })
  expect(results).toMatchObject([
    { name: 'types', passed: 1, failed: 0 },
    { name: 'lint', passed: 0, failed: 1 },
  ])
})
