import { z } from 'zod'
import type { Db } from '#platform/database.ts'
import { defineJob } from '#platform/jobs.ts'
import { sweepTouches } from './reading.store.ts'

/** Keeps the notes on changed tables as few as there are tables. */
export const sweepIndicatorTouches = defineJob({
  name: 'statistics.sweep-touches',
  schema: z.object({}),
  cron: '*/10 * * * *',
  run: async ({ db }: { db: Db }) => {
    await sweepTouches(db)
  },
})
