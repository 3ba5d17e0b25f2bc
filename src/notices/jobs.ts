import { z } from 'zod'
import type { Config } from '#platform/config.ts'
import type { Db } from '#platform/database.ts'
import { defineJob } from '#platform/jobs.ts'
import { smtpSender } from '#platform/mail.ts'
import { deliverOutbox, sweepOutbox, type Send, type Senders } from '#platform/outbox.ts'

interface Deps {
  readonly db: Db
  readonly config: Pick<Config, 'smtpUrl' | 'publicUrl'>
}

const nothing = z.object({})

/** Without a mail server or a gateway, what waits stays in the outbox, where the operator finds it. */
export function sendersOf({ smtpUrl, publicUrl }: Deps['config']): Senders {
  const mail: Send | undefined = smtpUrl === undefined ? undefined : smtpSender(smtpUrl, publicUrl)
  return { ...(mail === undefined ? {} : { mail }) }
}

const deliver = defineJob({
  name: 'notices.deliver',
  schema: nothing,
  cron: '* * * * *',
  run: async ({ db, config }: Deps) => {
    await deliverOutbox(db, sendersOf(config))
  },
})

const KEPT_DAYS = 30

const sweep = defineJob({
  name: 'notices.sweep-outbox',
  schema: nothing,
  cron: '23 3 * * *',
  run: ({ db }: Deps) => sweepOutbox(db, new Date(Date.now() - KEPT_DAYS * 24 * 3600_000)),
})

export const noticesJobs = [deliver, sweep]
