import { z } from 'zod'
import type { Context } from '#platform/context.ts'
import { defineJob } from '#platform/jobs.ts'
import { type FindRights, recheckListings } from './recheck.ts'

/** Every five minutes, so that what lapses in an import leaves the market within its day, whoever imported it. */
export function marketJobs<Platform>(contextOf: (platform: Platform) => Context, findRights: FindRights) {
  return [
    defineJob({
      name: 'market.recheck-listings',
      schema: z.object({}),
      cron: '*/5 * * * *',
      run: async (platform: Platform) => {
        await recheckListings(contextOf(platform), findRights)
      },
    }),
  ]
}
