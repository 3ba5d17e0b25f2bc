import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import type { Analytics } from '#platform/analytics.ts'
import type { Db } from '#platform/database.ts'
import { StoreUnavailable } from '#platform/errors.ts'
import { defineJob } from '#platform/jobs.ts'
import type { Log } from '#platform/log.ts'
import { runOneSearch } from './near-run.ts'

interface Deps {
  readonly db: Db
  readonly analytics: Analytics
  readonly log: Log
}

const LOOKS_FOR_SECONDS = 58
const EVERY_MILLISECONDS = 1000

/** Does what was ordered on the page within a second or two, one search after the other. */
const run = defineJob({
  name: 'patents.find-near-duplicates',
  schema: z.object({}),
  cron: '* * * * *',
  run: async ({ db, analytics, log }: Deps) => {
    const until = Date.now() + LOOKS_FOR_SECONDS * 1000
    do {
      try {
        if (await runOneSearch({ db, analytics })) continue
      } catch (error) {
        if (!(error instanceof StoreUnavailable)) throw error
        log.warn({ err: error }, 'a search for near duplicates waits for its store')
      }
      await sleep(EVERY_MILLISECONDS)
    } while (Date.now() < until)
  },
})

export const nearJobs = [run]
