import { betterAuth } from 'better-auth'
import { APIError } from 'better-auth/api'
import { genericOAuth, twoFactor } from 'better-auth/plugins'
import type { Db } from '#platform/database.ts'
import type { Log } from '#platform/log.ts'
import { putIntoOutbox } from '#platform/outbox.ts'
import { findAccount } from './account.store.ts'
import { nextExpiry } from './actor.ts'
import { COOKIE_PREFIX } from './cookie.ts'
import { passwordResetLetter } from './letters.ts'
import { PASSWORD_LENGTH } from './password.rules.ts'
import { hashPassword, verifyPassword } from './passwords.ts'
import type { IdentitySettings } from './settings.ts'

export const AUTH_PATH = '/api/auth'
const SINGLE_SIGN_ON = 'sso'
/** The platform sets it from the socket or its trusted proxy, after removing whatever the request brought. */
export const CLIENT_ADDRESS_HEADER = 'x-zhiyuan-client-address'

const SECOND_FACTOR_PATHS = new Set(['/two-factor/verify-totp', '/two-factor/verify-backup-code'])
/** Renewing a session that had proved its second factor keeps the proof. */
const RENEWING_PATHS = new Set(['/change-password', '/two-factor/disable'])

export type Authentication = ReturnType<typeof createAuthentication>

/**
 * better-auth on our own tables. It checks passwords, codes and single sign-on; who may do what is decided in
 * access.rules.ts, and what reaches it at all in auth.gate.ts.
 */
export function createAuthentication(db: Db, settings: IdentitySettings, log: Log) {
  return betterAuth({
    appName: 'Zhiyuan',
    baseURL: settings.publicUrl,
    basePath: AUTH_PATH,
    secret: settings.secret,
    database: { db, type: 'postgres', transaction: true },
    telemetry: { enabled: false },
    logger: { log: (level, message, ...details) => log[level]({ room: 'identity', details }, message) },
    trustedOrigins: (request) => (request === undefined ? [] : [new URL(request.url).origin]),
    onAPIError: { errorURL: '/sign-in' },
    // Counting attempts is ours (attempts.store.ts): by mailbox and by address, across processes.
    rateLimit: { enabled: false },
    ...ourTables,
    session: {
      ...ourTables.session,
      expiresIn: settings.longestHours * 3600,
      // A session is moved on where the actor is resolved, by idle time and longest life.
      disableSessionRefresh: true,
      additionalFields: { secondFactorAt: { type: 'date', required: false, input: false } },
    },
    emailAndPassword: passwords(db),
    account: {
      ...ourTables.account,
      encryptOAuthTokens: true,
      accountLinking: { enabled: true, requireLocalEmailVerified: true },
    },
    databaseHooks: {
      session: { create: { before: (session, context) => beginSession(db, settings, session, context) } },
    },
    advanced: {
      cookiePrefix: COOKIE_PREFIX,
      useSecureCookies: settings.secureCookies,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/' },
      ipAddress: { ipAddressHeaders: [CLIENT_ADDRESS_HEADER] },
      database: { generateId: 'uuid' },
      // Off by default where NODE_ENV is test; what is tested should be what runs.
      disableOriginCheck: false,
      disableCSRFCheck: false,
    },
    plugins: [
      twoFactor({
        issuer: 'Zhiyuan',
        // Who signs on elsewhere has no password here to give.
        allowPasswordless: true,
        twoFactorCookieMaxAge: 600,
        accountLockout: { maxFailedAttempts: settings.lockAfter, durationSeconds: settings.lockMinutes * 60 },
        schema: { twoFactor: { modelName: 'secondFactor', fields: { userId: 'accountId' } } },
      }),
      ...singleSignOn(settings),
    ],
  })
}

/** Names differ where better-auth's own would be two names for one thing: its user is our account. */
const ourTables = {
  user: { modelName: 'userAccount' },
  session: { modelName: 'session', fields: { userId: 'accountId' } },
  account: { modelName: 'credential', fields: { userId: 'holderId', accountId: 'subject' } },
  verification: { modelName: 'verification', storeIdentifier: 'hashed' },
} as const

function passwords(db: Db) {
  return {
    enabled: true,
    // Accounts come from an invitation or an administrator, never from an open form.
    disableSignUp: true,
    minPasswordLength: PASSWORD_LENGTH.everyone,
    maxPasswordLength: PASSWORD_LENGTH.longest,
    password: { hash: hashPassword, verify: verifyPassword },
    resetPasswordTokenExpiresIn: 3600,
    revokeSessionsOnPasswordReset: true,
    sendResetPassword: async ({ user, token }: { user: { email: string }; token: string }) => {
      await putIntoOutbox(db, passwordResetLetter(user.email, `/reset-password?token=${token}`))
    },
  }
}

interface NewSession {
  userId: string
}

interface BeginningContext {
  path?: string
  context?: { session?: { session: Record<string, unknown> } | null }
}

async function beginSession(
  db: Db,
  settings: IdentitySettings,
  session: NewSession,
  context: BeginningContext | null,
) {
  const account = await findAccount(db, session.userId)
  if (account === undefined || account.suspendedAt !== null) {
    throw new APIError('FORBIDDEN', { code: 'ACCOUNT_SUSPENDED', message: 'This account is suspended' })
  }
  const now = new Date()
  return {
    data: {
      ...session,
      expiresAt: nextExpiry(now, now, settings),
      secondFactorAt: provenAt(context, now),
    },
  }
}

function provenAt(context: BeginningContext | null, now: Date): Date | null {
  const path = context?.path ?? ''
  if (SECOND_FACTOR_PATHS.has(path)) return now
  const before = RENEWING_PATHS.has(path) ? context?.context?.session?.session['secondFactorAt'] : undefined
  return before instanceof Date ? before : null
}

/** Discovery, PKCE, state and nonce are better-auth's; accounts are not made by signing on, only linked by a proven mailbox. */
function singleSignOn({ oidc }: IdentitySettings) {
  if (oidc === undefined) return []
  return [
    genericOAuth({
      config: [
        {
          providerId: SINGLE_SIGN_ON,
          discoveryUrl: `${oidc.issuer.replace(/\/$/u, '')}/.well-known/openid-configuration`,
          clientId: oidc.clientId,
          clientSecret: oidc.clientSecret,
          scopes: ['openid', 'email', 'profile'],
          pkce: true,
          requireIdTokenVerification: true,
          disableSignUp: true,
        },
      ],
    }),
  ]
}
