import type { Job } from '#platform/jobs.ts'
import type { OpenPlatform } from './open-platform.ts'

/** Everything that happens later, room by room. Assembly only. */
export const jobs: readonly Job<never, OpenPlatform>[] = []
