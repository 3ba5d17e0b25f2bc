import { z } from 'zod'
import { todayIn } from '#platform/calendar.ts'
import type { Db } from '#platform/database.ts'
import { defineJob, type Job } from '#platform/jobs.ts'
import type { Log } from '#platform/log.ts'
import type { Feed } from '../notices/define.ts'
import type { RunningZone } from '../zone/public.ts'
import { makeDigest } from './digest.ts'
import { isDue, RHYTHMS } from './subscription.rules.ts'
import { listFollowers } from './subscription.store.ts'

interface Deps {
  readonly db: Db
  readonly log: Log
  readonly zone: Pick<RunningZone, 'current'>
}

/**
 * Digests in the morning of the zone. Each person's is a transaction of its own: one that fails stops no other, and the job
 * is tried again; who has theirs finds nothing new then.
 */
export function makeDigests(feeds: () => readonly Feed[]): Job<Record<string, never>, Deps> {
  return defineJob({
    name: 'services.make-digests',
    schema: z.object({}),
    cron: '30 7 * * *',
    run: async ({ db, log, zone }: Deps) => {
      const profile = zone.current()
      const now = new Date()
      const today = todayIn(profile.timeZone, now)
      const due = RHYTHMS.filter((rhythm) => isDue(rhythm, today))
      const context = {
        db,
        zone: profile,
        now,
        today,
        actor: { kind: 'system' as const, job: 'services.make-digests' },
        requestId: `digests-${now.getTime()}`,
      }
      let failed = 0
      for (const follower of await listFollowers(db, due, today)) {
        await makeDigest(context, feeds(), follower, due).catch((error: unknown) => {
          failed += 1
          log.error({ err: error, account: follower.accountId }, 'a digest failed')
        })
      }
      if (failed > 0) throw new Error(`${failed} digests failed`)
    },
  })
}
