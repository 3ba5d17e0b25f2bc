import { z } from 'zod'
import { pageInput } from '#platform/contract.ts'

export const moment = z.iso.datetime({ offset: true })
export const email = z.email().max(254)
/** Pages of this room go by the time-ordered id of their last item. */
export const idPage = pageInput.extend({ cursor: z.uuid().optional() })
export const MembershipRoleName = z.enum(['administrator', 'member'])

export const Membership = z.object({
  organisationId: z.uuid(),
  organisationName: z.string(),
  role: MembershipRoleName,
  validFrom: z.iso.date(),
})
