import { agencyFeeds } from './agencies/public.ts'
import { indicators } from './indicators.ts'
import type { Feed } from './notices/define.ts'
import { partyFeeds } from './parties/public.ts'
import { serviceFeeds } from './services/public.ts'
import { indicatorFeeds } from './statistics/public.ts'

/** Everything that can be followed, room by room. Assembly only. */
export const feeds: readonly Feed[] = [
  ...partyFeeds,
  ...agencyFeeds,
  ...serviceFeeds,
  ...indicatorFeeds([...indicators.values()]),
]
