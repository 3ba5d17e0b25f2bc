import { z } from 'zod'
import type { Db } from '#platform/database.ts'
import { defineJob } from '#platform/jobs.ts'
import { sweepExpired } from './session.store.ts'

interface Deps {
  readonly db: Db
}

const sweepSessions = defineJob({
  name: 'identity.sweep-sessions',
  schema: z.object({}),
  cron: '17 * * * *',
  run: ({ db }: Deps) => sweepExpired(db, new Date()),
})

export const identityJobs = [sweepSessions]
