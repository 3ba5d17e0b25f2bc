import type { Actor } from '#platform/access.ts'
import { visitor } from '#platform/access.ts'
import type { CalendarDate } from '#platform/calendar.ts'
import { inAuditedTransaction, inTransaction, type Db } from '#platform/database.ts'
import type { Log } from '#platform/log.ts'
import { refuse } from '#platform/refusals.ts'
import { recordAudit } from '../ledger/public.ts'
import { findAccount } from './account.store.ts'
import { actorOf, findSessionOf } from './actor.ts'
import {
  countAttempt,
  forgetAttempts,
  mailboxSubject,
  returnAttempt,
  type Attempt,
} from './attempts.store.ts'
import { EXPOSED, readBody } from './auth.requests.ts'
import { AUTH_PATH, CLIENT_ADDRESS_HEADER, type Authentication } from './auth.ts'
import { readSessionToken, sessionCookieName } from './cookie.ts'
import { comesFromElsewhere } from './origin.rules.ts'
import { passwordProblems } from './password.rules.ts'
import { isStaff } from './roles.ts'
import { useCodeOnce } from './second-factor.store.ts'
import { markSecondFactorProven, revokeSession, type OpenSession } from './session.store.ts'
import type { IdentitySettings } from './settings.ts'

export interface Moment {
  now: Date
  today: CalendarDate
  requestId: string
  clientAddress: string
}

interface GateParts {
  db: Db
  settings: IdentitySettings
  log: Log
  auth: () => Authentication
}

/** One request on its way in, with what the steps learn of it. */
interface Passage extends Moment {
  path: string
  request: Request
  body: Record<string, unknown>
  session: OpenSession | undefined
}

type Step = (parts: GateParts, passage: Passage) => Promise<Response>

/**
 * What stands before better-auth: only what is exposed, in its exact shape, from this site, and for staff without a
 * second factor only their enrolment. Counts attempts, holds passwords to the rules, and writes the audit trail.
 */
export async function passGate(parts: GateParts, request: Request, moment: Moment): Promise<Response> {
  const path = new URL(request.url).pathname.slice(AUTH_PATH.length)
  const exposed = Object.hasOwn(EXPOSED, path) ? EXPOSED[path] : undefined
  if (exposed === undefined || exposed.method !== request.method) return refuse('UNKNOWN_OPERATION', 404)
  if (comesFromElsewhere(request, parts.settings.publicUrl)) return refuse('FOREIGN_ORIGIN', 403)

  const read =
    exposed.body === undefined ? { ok: true as const, body: {} } : await readBody(request, exposed.body)
  if (!read.ok) {
    return refuse(read.status === 413 ? 'BODY_TOO_LARGE' : 'INVALID_INPUT', read.status, {
      issues: read.issues,
    })
  }
  const session = await findSessionOf(parts.db, request.headers, parts.settings, moment)
  if (session !== undefined && !exposed.beforeSecondFactor && isPending(session)) {
    return refuse('SECOND_FACTOR_REQUIRED', 403)
  }
  const step = STEPS[path] ?? forward
  return step(parts, { ...moment, path, request, body: read.body, session })
}

const STEPS: Readonly<Record<string, Step>> = {
  '/sign-in/email': signIn,
  '/callback/sso': finishSignIn,
  '/sign-out': signOut,
  '/request-password-reset': requestReset,
  '/reset-password': resetPassword,
  '/change-password': changePassword,
  '/two-factor/enable': (parts, passage) => provingPassword(parts, passage, 'account.second-factor-begun'),
  '/two-factor/generate-backup-codes': (parts, passage) =>
    provingPassword(parts, passage, 'account.backup-codes-renewed'),
  '/two-factor/disable': disableSecondFactor,
  '/two-factor/verify-totp': verifySecondFactor,
  '/two-factor/verify-backup-code': verifySecondFactor,
}

/**
 * The mailbox is counted whether or not an account has it, and the answer is the same: nobody learns from a lock
 * who has an account here.
 */
async function signIn(parts: GateParts, passage: Passage): Promise<Response> {
  const { db, settings, log } = parts
  const { now, clientAddress, requestId } = passage
  const address = `address:${clientAddress}`
  const mailbox = mailboxSubject(String(passage.body['email']), settings.secret)
  const minutes = settings.lockMinutes
  const fromAddress = await countAttempt(db, address, { attempts: settings.addressLockAfter, minutes }, now)
  if (!fromAddress.allowed) return tooMany('TOO_MANY_ATTEMPTS', fromAddress)
  const attempt = await countAttempt(db, mailbox, { attempts: settings.lockAfter, minutes }, now)
  if (!attempt.allowed) return tooMany('SIGN_IN_LOCKED', attempt)

  const response = await finishSignIn(parts, passage)
  if (response.ok) {
    await forgetAttempts(db, mailbox)
    await returnAttempt(db, address)
  } else if (response.status === 401) {
    log.warn({ requestId, mailbox, clientAddress, attempt: attempt.count }, 'sign-in failed')
    if (attempt.count === settings.lockAfter) {
      await audit(parts, passage, visitor, 'account.locked', { kind: 'mailbox', id: mailbox }, { minutes })
    }
  }
  return response
}

async function finishSignIn(parts: GateParts, passage: Passage): Promise<Response> {
  const response = await forward(parts, passage)
  const session = await sessionBegunBy(parts, passage, response)
  if (session === undefined) return response
  if (passage.path === '/two-factor/verify-totp' && !(await isFirstUse(parts, passage, session))) {
    await inTransaction(parts.db, (tx) => revokeSession(tx, session.accountId, session.sessionId))
    return refuse('CODE_ALREADY_USED', 401)
  }
  await audit(parts, passage, actorOf(session), 'account.signed-in', account(session.accountId), {
    session: session.sessionId,
    secondFactor: session.secondFactorAt !== null,
  })
  return response
}

async function signOut(parts: GateParts, passage: Passage): Promise<Response> {
  const response = await forward(parts, passage)
  const { session } = passage
  if (response.ok && session !== undefined) {
    await audit(parts, passage, actorOf(session), 'account.signed-out', account(session.accountId))
  }
  return response
}

async function requestReset(parts: GateParts, passage: Passage): Promise<Response> {
  const subject = `reset-${mailboxSubject(String(passage.body['email']), parts.settings.secret)}`
  const attempt = await countAttempt(parts.db, subject, { attempts: 3, minutes: 15 }, passage.now)
  return attempt.allowed ? forward(parts, passage) : tooMany('TOO_MANY_ATTEMPTS', attempt)
}

async function resetPassword(parts: GateParts, passage: Passage): Promise<Response> {
  const { internalAdapter } = await parts.auth().$context
  const sent = await internalAdapter.findVerificationValue(`reset-password:${String(passage.body['token'])}`)
  if (!sent || sent.expiresAt <= passage.now) return refuse('INVALID_TOKEN', 400)
  const holder = await findAccount(parts.db, sent.value)
  if (holder === undefined || holder.suspendedAt !== null) return refuse('INVALID_TOKEN', 400)
  const problems = passwordProblems(String(passage.body['newPassword']), {
    ...holder,
    staff: isStaff(holder.roles),
  })
  if (problems.length > 0) return refuse('WEAK_PASSWORD', 400, { problems })
  const response = await forward(parts, passage)
  if (response.ok) {
    // Whoever reads the mailbox has proved as much as a sign-in would: a lock set by a stranger ends here.
    await forgetAttempts(parts.db, mailboxSubject(holder.email, parts.settings.secret))
    await audit(parts, passage, visitor, 'account.password-reset', account(holder.id))
  }
  return response
}

async function changePassword(parts: GateParts, passage: Passage): Promise<Response> {
  const { session } = passage
  if (session === undefined) return refuse('UNAUTHENTICATED', 401)
  const holder = await findAccount(parts.db, session.accountId)
  if (holder === undefined) return refuse('UNAUTHENTICATED', 401)
  const problems = passwordProblems(String(passage.body['newPassword']), {
    ...holder,
    staff: isStaff(holder.roles),
  })
  if (problems.length > 0) return refuse('WEAK_PASSWORD', 400, { problems })
  return provingPassword(parts, passage, 'account.password-changed')
}

/** A stolen session must not become a way to try passwords. */
async function provingPassword(parts: GateParts, passage: Passage, action: string): Promise<Response> {
  const { session } = passage
  if (session === undefined) return refuse('UNAUTHENTICATED', 401)
  return counted(parts, passage, `password:${session.accountId}`, async () => {
    const response = await forward(parts, passage)
    if (response.ok) await audit(parts, passage, actorOf(session), action, account(session.accountId))
    return response
  })
}

async function disableSecondFactor(parts: GateParts, passage: Passage): Promise<Response> {
  if (passage.session !== undefined && isStaff(passage.session.roles)) {
    return refuse('SECOND_FACTOR_REQUIRED', 403)
  }
  return provingPassword(parts, passage, 'account.second-factor-removed')
}

/** Without a session it completes a sign-in, which better-auth counts itself; with one it proves the session. */
async function verifySecondFactor(parts: GateParts, passage: Passage): Promise<Response> {
  const { session } = passage
  if (session === undefined) return finishSignIn(parts, passage)
  return counted(parts, passage, `second-factor:${session.accountId}`, async () => {
    const response = await forward(parts, passage)
    const token = readSessionToken(passage.request.headers, parts.settings)
    if (!response.ok || token === undefined) return response
    if (passage.path === '/two-factor/verify-totp' && !(await isFirstUse(parts, passage, session))) {
      return refuse('CODE_ALREADY_USED', 401)
    }
    await markSecondFactorProven(parts.db, token, passage.now)
    const action = session.enrolled ? 'account.second-factor-proven' : 'account.second-factor-enrolled'
    await audit(parts, passage, actorOf(session), action, account(session.accountId))
    return response
  })
}

/** A code seen over a shoulder is worth nothing once it was used. Demo accounts are many people's, and so is their code. */
async function isFirstUse({ db }: GateParts, { body, now }: Passage, { accountId }: OpenSession) {
  const holder = await findAccount(db, accountId)
  return holder?.demo === true || useCodeOnce(db, accountId, String(body['code']).trim(), now)
}

async function counted(
  { db, settings }: GateParts,
  { now }: Passage,
  subject: string,
  work: () => Promise<Response>,
): Promise<Response> {
  const limit = { attempts: settings.lockAfter, minutes: settings.lockMinutes }
  const attempt = await countAttempt(db, subject, limit, now)
  if (!attempt.allowed) return tooMany('TOO_MANY_ATTEMPTS', attempt)
  const response = await work()
  if (response.ok) await forgetAttempts(db, subject)
  return response
}

async function forward(
  parts: GateParts,
  { request, body, clientAddress, requestId }: Passage,
): Promise<Response> {
  const headers = new Headers(request.headers)
  headers.set(CLIENT_ADDRESS_HEADER, clientAddress)
  // The origin was judged above; better-auth wants one even of a client that is no browser.
  headers.set('origin', new URL(parts.settings.publicUrl).origin)
  headers.delete('content-length')
  const init = request.method === 'GET' ? {} : { body: JSON.stringify(body) }
  if (request.method !== 'GET') headers.set('content-type', 'application/json')
  const response = await parts
    .auth()
    .handler(new Request(request.url, { method: request.method, headers, ...init }))
  return response.status < 400 ? response : inOurWords(response, requestId)
}

/** Refusals read alike wherever they come from. */
async function inOurWords(response: Response, requestId: string): Promise<Response> {
  const told: unknown = await response.json().catch(() => undefined)
  const code = typeof told === 'object' && told !== null && 'code' in told ? String(told.code) : 'REFUSED'
  const refusal =
    response.status >= 500
      ? refuse('UNEXPECTED', 500, { reference: requestId })
      : refuse(code, response.status)
  for (const cookie of response.headers.getSetCookie()) refusal.headers.append('set-cookie', cookie)
  return refusal
}

function tooMany(code: 'SIGN_IN_LOCKED' | 'TOO_MANY_ATTEMPTS', { retryAfterSeconds }: Attempt): Response {
  return refuse(code, 429, { retryAfterSeconds }, { 'retry-after': String(retryAfterSeconds) })
}

function isPending(session: OpenSession): boolean {
  return isStaff(session.roles) && session.secondFactorAt === null
}

/** The session whose cookie the response sets; undefined while the second factor is still owed. */
async function sessionBegunBy({ db, settings }: GateParts, passage: Passage, response: Response) {
  const name = `${sessionCookieName(settings)}=`
  const cookie = response.headers.getSetCookie().findLast((one) => one.startsWith(name))
  if (cookie === undefined) return undefined
  return findSessionOf(db, new Headers({ cookie: cookie.split(';')[0] ?? '' }), settings, passage)
}

function account(id: string) {
  return { kind: 'account', id }
}

async function audit(
  { db }: GateParts,
  { now, today, requestId }: Passage,
  actor: Actor,
  action: string,
  subject: { kind: string; id: string },
  detail: Record<string, string | number | boolean> = {},
): Promise<void> {
  await inAuditedTransaction(db, (tx) =>
    recordAudit(tx, { actor, now, today, requestId }, { action, subject, detail }),
  )
}
