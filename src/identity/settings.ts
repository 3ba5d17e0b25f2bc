import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Config } from '#platform/config.ts'
import { OperatorError } from '#platform/errors.ts'

/** What this installation has decided about signing in. The defaults are the values docs/security.md gives reasons for. */
export interface IdentitySettings {
  /** Signs cookies and encrypts second-factor secrets; every web process of an installation has the same. */
  readonly secret: string
  readonly publicUrl: string
  /** Whether cookies are `Secure`: people reach the platform by https. */
  readonly secureCookies: boolean
  readonly idleMinutes: number
  readonly longestHours: number
  /** Failures in a row before an account, real or not, is locked, and for how long. */
  readonly lockAfter: number
  readonly lockMinutes: number
  /** Failures from one address within the lock time before it has to wait. */
  readonly addressLockAfter: number
  readonly oidc: Config['oidc']
}

const minutes = (fallback: number, longest: number) =>
  z.coerce.number().int().min(1).max(longest).default(fallback)

const environment = z.object({
  ZHIYUAN_SECRET: z.string().min(32, 'must be at least 32 characters').optional(),
  SESSION_IDLE_MINUTES: minutes(30, 24 * 60),
  SESSION_LONGEST_HOURS: minutes(12, 24 * 7),
  SIGN_IN_LOCK_AFTER: minutes(5, 100),
  SIGN_IN_LOCK_MINUTES: minutes(30, 24 * 60),
  SIGN_IN_ADDRESS_LOCK_AFTER: minutes(50, 100_000),
})

/** Reads the settings of signing in; a wrong value is one sentence that names it. */
export function readIdentitySettings(
  config: Pick<Config, 'publicUrl' | 'dataFolder' | 'oidc'>,
  env: Readonly<Record<string, string | undefined>>,
): IdentitySettings {
  const read = environment.safeParse(env)
  if (!read.success) {
    const [issue] = read.error.issues
    throw new OperatorError(`${String(issue?.path[0])} ${issue?.message ?? 'is wrong'}.`)
  }
  const given = read.data
  return {
    secret: given.ZHIYUAN_SECRET ?? secretOf(config.dataFolder),
    publicUrl: config.publicUrl,
    secureCookies: config.publicUrl.startsWith('https:'),
    idleMinutes: given.SESSION_IDLE_MINUTES,
    longestHours: given.SESSION_LONGEST_HOURS,
    lockAfter: given.SIGN_IN_LOCK_AFTER,
    lockMinutes: given.SIGN_IN_LOCK_MINUTES,
    addressLockAfter: given.SIGN_IN_ADDRESS_LOCK_AFTER,
    oidc: config.oidc,
  }
}

/**
 * The secret of an installation on one machine, made at its first start. It lies beside the database and not in it,
 * so that a copy of the database alone neither forges a session nor opens a second factor.
 */
function secretOf(dataFolder: string): string {
  const file = join(dataFolder, 'identity.secret')
  if (existsSync(file)) return readFileSync(file, 'utf8').trim()
  mkdirSync(dataFolder, { recursive: true })
  try {
    writeFileSync(file, `${randomBytes(48).toString('base64url')}\n`, { flag: 'wx', mode: 0o600 })
    chmodSync(file, 0o600)
  } catch (error) {
    // Two processes of the first start may arrive here together: the one that came first has decided.
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  return readFileSync(file, 'utf8').trim()
}
