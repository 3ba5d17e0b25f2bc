import { z } from 'zod'
import type { Config } from '#platform/config.ts'
import type { Db } from '#platform/database.ts'
import { defineJob } from '#platform/jobs.ts'
import { deliverOutbox, sweepOutbox } from '#platform/outbox.ts'
import { sendersOf } from './senders.ts'

interface Deps {
  readonly db: Db
  readonly config: Pick<Config, 'smtpUrl' | 'webhooks' | 'publicUrl'>
}

const nothing = z.object({})

const deliver = defineJob({
  name: 'notices.deliver',
  schema: nothing,
  cron: '* * * * *',
  run: async ({ db, config }: Deps) => {
    await deliverOutbox(db, sendersOf(config))
  },
})

const KEPT_DAYS = 30

/** What was sent long ago is of no more use to anybody, and holds addresses. */
const sweep = defineJob({
  name: 'notices.sweep-outbox',
  schema: nothing,
  cron: '23 3 * * *',
  run: ({ db }: Deps) => sweepOutbox(db, new Date(Date.now() - KEPT_DAYS * 24 * 3600_000)),
})

export const noticesJobs = [deliver, sweep]
