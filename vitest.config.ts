import { defineConfig } from 'vitest/config'
import { ClosingLineReporter } from './checks/closing-line-reporter.ts'
import { EvidenceReporter } from './checks/evidence-reporter.ts'

const patience = { testTimeout: 60_000, hookTimeout: 120_000 }

export default defineConfig({
  test: {
    globalSetup: ['testing/global-setup.ts'],
    // Each worker may run a browser and a platform of its own; two cores carry two of them.
    maxWorkers: 2,
    reporters: ['default', new EvidenceReporter(), new ClosingLineReporter()],
    projects: [
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['e2e/**/*.test.ts'],
          ...patience,
          // The longest first: nobody waits at the end for one that began late.
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'server',
          include: ['src/**/*.test.ts', 'web/**/*.test.ts', 'checks/**/*.test.ts'],
          ...patience,
          // To load the platform anew for each file is a sixth of the time; each file has a database of its own all the same.
          isolate: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
