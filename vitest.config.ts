import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    globalSetup: ['testing/global-setup.ts'],
    include: ['src/**/*.test.ts', 'web/**/*.test.ts', 'checks/**/*.test.ts', 'e2e/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
