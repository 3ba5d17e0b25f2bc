import { implementation } from '#platform/api.ts'
import { putIntoOutbox } from '#platform/outbox.ts'
import { recordAudit } from '../ledger/public.ts'
import { findAccountByEmail, insertAccount } from './account.store.ts'
import { identity as contract } from './contract.ts'
import { alreadyRegisteredLetter, registrationLetter } from './letters.ts'
import { passwordProblems } from './password.rules.ts'
import { hashPassword } from './passwords.ts'
import { LETTERS_AT_ONCE, REGISTRATION_HOURS } from './registration.rules.ts'
import {
  closeRegistrations,
  countOpenRegistrations,
  findRegistration,
  issueRegistration,
} from './registration.store.ts'

const os = implementation(contract.registrations)
const HOUR = 3600_000

/** A mailbox that has an account is written to as well, so that nobody learns from the answer who has one. */
const request = os.request.handler(({ input: { kind, ...input }, context, errors }) =>
  context.write(async (tx) => {
    const email = input.email.toLowerCase()
    if ((await countOpenRegistrations(tx, email, context.now)) >= LETTERS_AT_ONCE)
      throw errors.TOO_MANY_LETTERS()
    const expiresAt = new Date(context.now.getTime() + REGISTRATION_HOURS * HOUR)
    // Put down for a known mailbox too: what is counted must not tell the two apart.
    const token = await issueRegistration(tx, { email, kind, expiresAt })
    const known = (await findAccountByEmail(tx, email)) !== undefined
    await putIntoOutbox(
      tx,
      known ? alreadyRegisteredLetter(email) : registrationLetter(email, `/register/${token}`),
    )
    await recordAudit(tx, context, {
      action: 'registration.requested',
      subject: { kind: 'registration', id: context.requestId },
      detail: { kind },
    })
    return { validForHours: REGISTRATION_HOURS }
  }),
)

const find = os.find.handler(async ({ input: { token }, context, errors }) => {
  const registration = await findRegistration(context.db, token, context.now)
  if (registration === undefined) throw errors.UNKNOWN_REGISTRATION()
  return { ...registration, expiresAt: registration.expiresAt.toISOString() }
})

const complete = os.complete.handler(async ({ input: { token, name, password }, context, errors }) => {
  const registration = await findRegistration(context.db, token, context.now)
  if (registration === undefined) throw errors.UNKNOWN_REGISTRATION()
  const { email, kind } = registration
  const problems = passwordProblems(password, { staff: false, email })
  if (problems.length > 0) throw errors.WEAK_PASSWORD({ data: { problems } })
  const passwordHash = await hashPassword(password)
  return context.write(async (tx) => {
    const accountId = await insertAccount(tx, { name, email, roles: [kind], passwordHash }, null, context.now)
    if (accountId === undefined) throw errors.ALREADY_REGISTERED()
    await closeRegistrations(tx, email)
    await recordAudit(tx, context, {
      action: 'account.registered',
      subject: { kind: 'account', id: accountId },
      detail: { roles: [kind] },
      seals: [{ table: 'account_role', id: [accountId, kind] }],
    })
    return { accountId }
  })
})

export const registrationsApi = { request, find, complete }
