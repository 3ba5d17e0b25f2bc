import type { AnyJob } from '#platform/jobs.ts'
import { agencyJobs } from './agencies/public.ts'
import { feeds } from './feeds.ts'
import { identityJobs } from './identity/public.ts'
import { marketJobs } from './market/public.ts'
import { matterJobs } from './matters/public.ts'
import { noticesJobs } from './notices/public.ts'
import { type OpenPlatform, systemContext } from './open-platform.ts'
import { findStandings, nearJobs, ownerJobs, patentJobs } from './patents/public.ts'
import { planJobs } from './plan/public.ts'
import { procedures } from './procedures.ts'
import { makeDigests, remindOfDeliveries } from './services/public.ts'
import { sweepIndicatorTouches } from './statistics/public.ts'

/** Everything that happens later, room by room. Assembly only. */
export const jobs: readonly AnyJob<OpenPlatform>[] = [
  ...agencyJobs,
  ...identityJobs,
  ...marketJobs(
    (platform: OpenPlatform) => systemContext(platform, 'market'),
    ({ analytics }, numbers) => findStandings(analytics, numbers),
  ),
  ...matterJobs(procedures),
  ...noticesJobs,
  ...ownerJobs((platform: OpenPlatform) => systemContext(platform, 'patents')),
  ...nearJobs,
  ...patentJobs,
  makeDigests(() => feeds),
  ...planJobs,
  remindOfDeliveries,
  sweepIndicatorTouches,
]
