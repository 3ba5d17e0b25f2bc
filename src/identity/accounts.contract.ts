import { z } from 'zod'
import { del, get, page, post, put, refusal, text } from '#platform/contract.ts'
import { only, ROLE_NAMES } from './roles.ts'
import { email, idPage, Membership, MembershipRoleName, moment } from './schemas.ts'

const RoleName = z.enum(ROLE_NAMES)
const Purpose = text(200).min(4)
const Reason = text(200).min(2)

const Account = z.object({
  id: z.uuid(),
  name: z.string(),
  /** Masked, unless the caller stated a purpose and may see it. */
  email: z.string(),
  phone: z.string().nullable(),
  roles: z.array(z.string()),
  secondFactor: z.boolean(),
  suspendedAt: moment.nullable(),
  suspendedBecause: z.string().nullable(),
  demo: z.boolean(),
  createdAt: moment,
})

const administrator = only('administrator')
const unknownAccount = { UNKNOWN_ACCOUNT: refusal(404) }
const lastAdministrator = { LAST_ADMINISTRATOR: refusal(409) }
const ofAccount = z.object({ id: z.uuid() })

export const accounts = {
  list: get('/accounts', {
    summary: 'Accounts, personal data masked',
    allow: only('administrator', 'auditor'),
    clauses: ['S135'],
  })
    .input(
      idPage.extend({
        search: text(100).min(1).optional(),
        role: RoleName.optional(),
        suspended: z.stringbool().optional(),
      }),
    )
    .output(page(Account)),
  get: get('/accounts/{id}', {
    summary: 'One account; with a stated purpose its personal data plain, which its holder can see',
    allow: only('administrator', 'auditor'),
    clauses: ['S135'],
  })
    .input(ofAccount.extend({ purpose: Purpose.optional() }))
    .output(Account.extend({ memberships: z.array(Membership), plain: z.array(z.string()) }))
    .errors(unknownAccount),
  create: post('/accounts', {
    summary: 'Opens an account; its holder sets the password from a letter',
    allow: administrator,
    status: 201,
  })
    .input(
      z.object({
        name: text(120).min(1),
        email,
        phone: text(40).min(3).optional(),
        roles: z.array(RoleName).max(ROLE_NAMES.length).min(1),
      }),
    )
    .output(z.object({ id: z.uuid() }))
    .errors({ MAILBOX_TAKEN: refusal(409) }),
  setRoles: put('/accounts/{id}/roles', {
    summary: 'Gives an account exactly these roles',
    allow: administrator,
  })
    .input(ofAccount.extend({ roles: z.array(RoleName).max(ROLE_NAMES.length), reason: Reason }))
    .output(z.object({ roles: z.array(z.string()) }))
    .errors({ ...unknownAccount, ...lastAdministrator }),
  suspend: post('/accounts/{id}/suspension', {
    summary: 'Suspends an account and ends its sessions',
    allow: administrator,
  })
    .input(ofAccount.extend({ reason: Reason }))
    .output(z.object({ sessionsEnded: z.int() }))
    .errors({ ...unknownAccount, ...lastAdministrator }),
  reinstate: del('/accounts/{id}/suspension', { summary: 'Ends a suspension', allow: administrator })
    .input(ofAccount)
    .output(z.object({ suspended: z.literal(false) }))
    .errors(unknownAccount),
  resetSecondFactor: post('/accounts/{id}/second-factor/reset', {
    summary: 'Removes a lost second factor and ends the sessions; its holder sets up a new one',
    allow: administrator,
  })
    .input(ofAccount.extend({ reason: Reason }))
    .output(z.object({ sessionsEnded: z.int() }))
    .errors(unknownAccount),
  addMembership: post('/accounts/{id}/memberships', {
    summary: 'Makes an account a member of an organisation, as its first administrator for instance',
    allow: administrator,
    status: 201,
  })
    .input(
      ofAccount.extend({
        organisationId: z.uuid(),
        organisationName: text(200).min(1),
        role: MembershipRoleName,
      }),
    )
    .output(z.object({ organisationId: z.uuid() }))
    .errors({ ...unknownAccount, ALREADY_MEMBER: refusal(409) }),
}
