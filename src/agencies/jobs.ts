import { z } from 'zod'
import { todayIn } from '#platform/calendar.ts'
import type { Db } from '#platform/database.ts'
import { defineJob } from '#platform/jobs.ts'
import type { ZoneProfile } from '../zone/rules.ts'
import { remindReturns } from './reminders.ts'

interface Deps {
  readonly db: Db
  readonly zone: { readonly current: () => ZoneProfile }
}

const remind = defineJob({
  name: 'agencies.remind-returns',
  schema: z.object({}),
  cron: '30 8 * * *',
  run: async ({ db, zone }: Deps) => {
    const profile = zone.current()
    const now = new Date()
    await remindReturns(db, profile, { now, today: todayIn(profile.timeZone, now) })
  },
})

export const agencyJobs = [remind]
