import { defineConfig } from 'vitest/config'
import { ClosingLineReporter } from './checks/closing-line-reporter.ts'
import { EvidenceReporter } from './checks/evidence-reporter.ts'

export default defineConfig({
  test: {
    globalSetup: ['testing/global-setup.ts'],
    include: ['src/**/*.test.ts', 'web/**/*.test.ts', 'checks/**/*.test.ts', 'e2e/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Each worker may run a browser and a platform of its own; two cores carry two of them.
    maxWorkers: 2,
    reporters: ['default', new EvidenceReporter(), new ClosingLineReporter()],
  },
})
