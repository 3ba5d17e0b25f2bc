import { z } from 'zod'
import { anyone, del, get, page, refusal, signedIn } from '#platform/contract.ts'
import { accounts } from './accounts.contract.ts'
import { invitations, members } from './members.contract.ts'
import { registrations } from './registration.contract.ts'
import { idPage, Membership, moment } from './schemas.ts'

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

const RoleDescription = z.object({
  role: z.string(),
  actorClass: z.string(),
  zh: z.string(),
  en: z.string(),
  staff: z.boolean(),
})

export const identity = {
  registrations,

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

  members,
  invitations,
  accounts,
}
