import type { AnyJob } from '#platform/jobs.ts'
import { agencyJobs } from './agencies/public.ts'
import { identityJobs } from './identity/public.ts'
import { matterJobs } from './matters/public.ts'
import { noticesJobs } from './notices/public.ts'
import { patentJobs } from './patents/public.ts'
import { procedures } from './procedures.ts'
import { sweepIndicatorTouches } from './statistics/public.ts'
import type { OpenPlatform } from './open-platform.ts'

/** Everything that happens later, room by room. Assembly only. */
export const jobs: readonly AnyJob<OpenPlatform>[] = [
  ...agencyJobs,
  ...identityJobs,
  ...matterJobs(procedures),
  ...noticesJobs,
  ...patentJobs,
  sweepIndicatorTouches,
]
