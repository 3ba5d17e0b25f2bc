import { z } from 'zod'
import { anyone, del, get, patch, post, refusal, signedIn, text } from '#platform/contract.ts'
import { email, MembershipRoleName, moment } from './schemas.ts'

const Member = z.object({
  id: z.uuid(),
  accountId: z.uuid(),
  name: z.string(),
  email: z.string(),
  role: MembershipRoleName,
  validFrom: z.iso.date(),
  validTo: z.iso.date().nullable(),
})

const Invitation = z.object({
  id: z.uuid(),
  email: z.string(),
  role: MembershipRoleName,
  createdAt: moment,
  expiresAt: moment,
  state: z.enum(['open', 'accepted', 'revoked', 'expired']),
})

const organisationAdministrator = {
  UNKNOWN_ORGANISATION: refusal(404),
  NOT_ITS_ADMINISTRATOR: refusal(409),
}
const lastAdministrator = { LAST_ADMINISTRATOR: refusal(409) }
const ofOrganisation = z.object({ organisationId: z.uuid() })

export const members = {
  list: get('/organisations/{organisationId}/members', {
    summary: 'Members of an own organisation',
    allow: signedIn,
  })
    .input(ofOrganisation)
    .output(z.object({ organisationName: z.string(), mayManage: z.boolean(), items: z.array(Member) }))
    .errors({ UNKNOWN_ORGANISATION: refusal(404) }),
  change: patch('/organisations/{organisationId}/members/{id}', {
    summary: 'Makes a member an administrator of the organisation, or an administrator a member',
    allow: signedIn,
  })
    .input(ofOrganisation.extend({ id: z.uuid(), role: MembershipRoleName }))
    .output(z.object({ changed: z.boolean() }))
    .errors({ ...organisationAdministrator, ...lastAdministrator, UNKNOWN_MEMBER: refusal(404) }),
  end: del('/organisations/{organisationId}/members/{id}', {
    summary: 'Ends a membership',
    allow: signedIn,
  })
    .input(ofOrganisation.extend({ id: z.uuid() }))
    .output(z.object({ endedOn: z.iso.date() }))
    .errors({ ...organisationAdministrator, ...lastAdministrator, UNKNOWN_MEMBER: refusal(404) }),
}

export const invitations = {
  list: get('/organisations/{organisationId}/invitations', {
    summary: 'Invitations that an own organisation has sent',
    allow: signedIn,
  })
    .input(ofOrganisation)
    .output(z.object({ items: z.array(Invitation) }))
    .errors(organisationAdministrator),
  send: post('/organisations/{organisationId}/invitations', {
    summary: 'Invites a person to act for the organisation',
    allow: signedIn,
    status: 201,
  })
    .input(ofOrganisation.extend({ email, role: MembershipRoleName.default('member') }))
    .output(z.object({ id: z.uuid(), expiresAt: moment }))
    .errors({ ...organisationAdministrator, ALREADY_MEMBER: refusal(409) }),
  revoke: del('/organisations/{organisationId}/invitations/{id}', {
    summary: 'Takes an invitation back',
    allow: signedIn,
  })
    .input(ofOrganisation.extend({ id: z.uuid() }))
    .output(z.object({ revoked: z.boolean() }))
    .errors({
      ...organisationAdministrator,
      UNKNOWN_INVITATION: refusal(404),
      INVITATION_CLOSED: refusal(409),
    }),
  find: get('/invitations/{token}', {
    summary: 'What an invitation offers, by its secret link',
    allow: anyone,
  })
    .input(z.object({ token: z.string().min(20).max(100) }))
    .output(
      z.object({
        organisationName: z.string(),
        email: z.string(),
        role: MembershipRoleName,
        expiresAt: moment,
        /** Whether this mailbox has an account already; then its holder signs in to accept. */
        known: z.boolean(),
      }),
    )
    .errors({ UNKNOWN_INVITATION: refusal(404), INVITATION_CLOSED: refusal(409) }),
  accept: post('/invitations/{token}/acceptance', {
    summary: 'Accepts an invitation: opens an account, or joins with the one that is signed in',
    allow: anyone,
    status: 201,
  })
    .input(
      z.object({
        token: z.string().min(20).max(100),
        name: text(120).min(1).optional(),
        password: z.string().min(1).max(1024).optional(),
      }),
    )
    .output(z.object({ organisationId: z.uuid(), accountId: z.uuid(), opened: z.boolean() }))
    .errors({
      UNKNOWN_INVITATION: refusal(404),
      INVITATION_CLOSED: refusal(409),
      SIGN_IN_TO_ACCEPT: refusal(409),
      OTHER_MAILBOX: refusal(409),
      NAME_AND_PASSWORD_NEEDED: refusal(422),
      WEAK_PASSWORD: refusal(422, z.object({ problems: z.array(z.string()) })),
    }),
}
