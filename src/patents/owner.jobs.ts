import { z } from 'zod'
import type { Context } from '#platform/context.ts'
import { defineJob } from '#platform/jobs.ts'
import { currentVersion } from './corpus.store.ts'
import { readOwners } from './owner.reading.ts'
import { findLatestReading } from './owner.store.ts'

/** After an import names are joined again without anybody asking: joins and lists then speak of what was imported. */
export function ownerJobs<Platform>(contextOf: (platform: Platform) => Context) {
  return [
    defineJob({
      name: 'patents.read-owners',
      schema: z.object({}),
      cron: '*/10 * * * *',
      run: async (platform: Platform) => {
        const context = contextOf(platform)
        const [data, reading] = await Promise.all([
          currentVersion(context.analytics),
          findLatestReading(context.db),
        ])
        if (data > 0 && reading?.dataVersion !== data) await readOwners(context)
      },
    }),
  ]
}
