import { defineConfig } from '@playwright/test'

/** They measure frames and heartbeats, and so have the computer to themselves. */
const timed = ['**/main-job.spec.ts', '**/big-table.spec.ts', '**/shell.spec.ts']

// One test at a time: each starts the app, whose engine takes a core of its own.
export default defineConfig({
  testDir: './e2e',
  outputDir: './output/e2e',
  workers: 1,
  fullyParallel: false,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: Boolean(process.env.CI),
  projects: [
    { name: 'windows', testMatch: '**/*.spec.ts', testIgnore: timed },
    { name: 'timed', testMatch: timed },
  ],
})
