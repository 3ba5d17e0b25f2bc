import { defineConfig } from 'vitest/config'

/** The checks that need no store: they read the repository itself. */
export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: [
      'checks/architecture.test.ts',
      'checks/messages.test.ts',
      'checks/pages.test.ts',
      'checks/zone-words.test.ts',
    ],
  },
})
