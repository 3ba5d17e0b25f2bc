import { agencyNoticeKinds } from './agencies/public.ts'
import { appraisalNotices } from './appraisal/public.ts'
import { marketNoticeKinds } from './market/public.ts'
import { matterNotices } from './matters/public.ts'
import type { NoticeKind } from './notices/define.ts'
import { planNotices } from './plan/public.ts'
import { serviceNoticeKinds } from './services/public.ts'

/** Every kind of notice, room by room, in the order in which people choose among them. Assembly only. */
export const noticeKinds: readonly NoticeKind[] = [
  ...agencyNoticeKinds,
  ...appraisalNotices,
  ...marketNoticeKinds,
  ...matterNotices,
  ...planNotices,
  ...serviceNoticeKinds,
]
