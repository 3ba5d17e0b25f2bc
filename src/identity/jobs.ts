import { z } from 'zod'
import type { Config } from '#platform/config.ts'
import type { Db } from '#platform/database.ts'
import { defineJob } from '#platform/jobs.ts'
import { deliverLetters } from './outbox.store.ts'
import { smtpSender } from './outbox.ts'
import { sweepExpired } from './session.store.ts'

interface Deps {
  readonly db: Db
  readonly config: Pick<Config, 'smtpUrl' | 'publicUrl'>
}

const nothing = z.object({})

/** Without a mail server letters wait in the outbox, where the operator's command line finds them. */
const deliverMail = defineJob({
  name: 'identity.deliver-mail',
  schema: nothing,
  cron: '* * * * *',
  run: async ({ db, config }: Deps) => {
    if (config.smtpUrl === undefined) return
    await deliverLetters(db, smtpSender(config.smtpUrl, config.publicUrl))
  },
})

const sweepSessions = defineJob({
  name: 'identity.sweep-sessions',
  schema: nothing,
  cron: '17 * * * *',
  run: ({ db }: Deps) => sweepExpired(db, new Date()),
})

export const identityJobs = [deliverMail, sweepSessions]
