import { defineConfig } from '@playwright/test'

// One test at a time: they share two cores with the engine's workers, and some of them measure time.
export default defineConfig({
  testDir: './e2e',
  outputDir: './output/e2e',
  workers: 1,
  fullyParallel: false,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: Boolean(process.env.CI),
  projects: [{ name: 'e2e', testMatch: '**/*.spec.ts' }],
})
