/** @typedef {{ passed: number, failed: number, skipped: number }} Count */

/**
 * A runner that failed without naming a failed test (it crashed, or found none) counts as one failure, so that the
 * numbers never look better than the exit code.
 * @param {Count} count
 * @param {number} code
 * @returns {Count}
 */
const atLeastTheCode = (count, code) => (code !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count)

/**
 * @param {any} report vitest's JSON report, undefined where it left none
 * @param {number} code its exit code
 * @returns {Count}
 */
export function countVitest(report, code) {
  if (!report) return { passed: 0, failed: 1, skipped: 0 }
  /** @type {{ status: string, assertionResults: unknown[] }[]} */
  const files = report.testResults
  const broken = files.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.length,
  )
  return atLeastTheCode(
    {
      passed: report.numPassedTests,
      failed: report.numFailedTests + broken.length,
      skipped: report.numPendingTests + report.numTodoTests,
    },
    code,
  )
}

/**
 * @param {any} report Playwright's JSON report, undefined where it left none
 * @param {number} code its exit code
 * @returns {Count}
 */
export function countPlaywright(report, code) {
  if (!report) return { passed: 0, failed: 1, skipped: 0 }
  const { expected, unexpected, flaky, skipped } = report.stats
  return atLeastTheCode({ passed: expected + flaky, failed: unexpected, skipped }, code)
}
