import { z } from 'zod'
import {
  anyone,
  del,
  get,
  page,
  pageInput,
  patch,
  post,
  put,
  refusal,
  signedIn,
  text,
} from '#platform/contract.ts'
import { only, ROLE_NAMES } from './roles.ts'

const moment = z.iso.datetime({ offset: true })
const email = z.email().max(254)
/** Pages of this room go by the time-ordered id of their last item. */
const idPage = pageInput.extend({ cursor: z.uuid().optional() })
const RoleName = z.enum(ROLE_NAMES)
const MembershipRoleName = z.enum(['administrator', 'member'])
const Purpose = text(200).min(4)

const Membership = z.object({
  organisationId: z.uuid(),
  organisationName: z.string(),
  role: MembershipRoleName,
  validFrom: z.iso.date(),
})

/** Who the caller is, and what still stands between them and their work. */
export const Session = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('visitor') }),
  z.object({
    kind: z.literal('account'),
    accountId: z.string(),
    name: z.string(),
    email: z.string().nullable(),
    roles: z.array(z.string()),
    staff: z.boolean(),
    secondFactor: z.enum(['verified', 'missing', 'notRequired']),
    /** Whether the account has a second factor set up; staff without one are led to set it up. */
    enrolled: z.boolean(),
    memberships: z.array(Membership),
  }),
])

const OpenSession = z.object({
  id: z.uuid(),
  current: z.boolean(),
  startedAt: moment,
  lastSeenAt: moment,
  expiresAt: moment,
  address: z.string().nullable(),
  device: z.string().nullable(),
})

const Reading = z.object({
  id: z.uuid(),
  readAt: moment,
  purpose: z.string(),
  /** The name of staff; other readers are named by their organisation or role. */
  readerName: z.string().nullable(),
  readerRoles: z.array(z.string()),
  readerOrganisation: z.string().nullable(),
  recordKind: z.string(),
  fields: z.array(z.string()),
  subjectKind: z.enum(['account', 'person', 'organisation']),
  subjectId: z.uuid(),
})

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

const RoleDescription = z.object({
  role: z.string(),
  actorClass: z.string(),
  zh: z.string(),
  en: z.string(),
  staff: z.boolean(),
})

const administrator = only('administrator')
const unknownAccount = { UNKNOWN_ACCOUNT: refusal(404) }
const organisationAdministrator = {
  UNKNOWN_ORGANISATION: refusal(404),
  NOT_ITS_ADMINISTRATOR: refusal(409),
}
const lastAdministrator = { LAST_ADMINISTRATOR: refusal(409) }
const ofAccount = z.object({ id: z.uuid() })
const ofOrganisation = z.object({ organisationId: z.uuid() })

export const identity = {
  session: get('/session', { summary: 'Who the caller is', allow: anyone, clauses: ['S7'] }).output(Session),

  roles: get('/roles', {
    summary: 'The roles, by the five classes of actors',
    allow: anyone,
    clauses: ['S7'],
  }).output(z.object({ items: z.array(RoleDescription) })),

  sessions: {
    list: get('/account/sessions', { summary: 'Where the account is signed in', allow: signedIn }).output(
      z.object({ items: z.array(OpenSession) }),
    ),
    revoke: del('/account/sessions/{id}', { summary: 'Ends one of the own sessions', allow: signedIn })
      .input(z.object({ id: z.uuid() }))
      .output(z.object({ revoked: z.int() }))
      .errors({ UNKNOWN_SESSION: refusal(404) }),
    revokeOthers: del('/account/sessions', {
      summary: 'Ends every own session but this one',
      allow: signedIn,
    }).output(z.object({ revoked: z.int() })),
  },

  readings: get('/account/readings', {
    summary: 'Who viewed my data: every plain reading of personal data of the caller and their organisations',
    allow: signedIn,
    clauses: ['S135'],
  })
    .input(idPage)
    .output(page(Reading)),

  members: {
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
  },

  invitations: {
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
  },

  accounts: {
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
      .input(ofAccount.extend({ roles: z.array(RoleName).max(ROLE_NAMES.length), reason: text(200).min(2) }))
      .output(z.object({ roles: z.array(z.string()) }))
      .errors({ ...unknownAccount, ...lastAdministrator }),
    suspend: post('/accounts/{id}/suspension', {
      summary: 'Suspends an account and ends its sessions',
      allow: administrator,
    })
      .input(ofAccount.extend({ reason: text(200).min(2) }))
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
      .input(ofAccount.extend({ reason: text(200).min(2) }))
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
  },
}
