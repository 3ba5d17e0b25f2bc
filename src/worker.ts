import type { AnyJob } from '#platform/jobs.ts'
import type { OpenPlatform } from './open-platform.ts'
import { sweepIndicatorTouches } from './statistics/public.ts'

/** Everything that happens later, room by room. Assembly only. */
export const jobs: readonly AnyJob<OpenPlatform>[] = [sweepIndicatorTouches]
