import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { OperatorError } from './errors.ts'
import type { Webhook } from './webhook.ts'

/** The folder of the project: the profile, the migrations and the built web lie in it. */
export const projectFolder = resolve(import.meta.dirname, '../..')

/** Which zone this installation runs is data too: `zones/default.json`. */
const shippedDefault = z
  .object({ zone: z.string(), scenario: z.string() })
  .parse(JSON.parse(readFileSync(join(projectFolder, 'zones/default.json'), 'utf8')))

const url = (protocols: readonly string[]) =>
  z.string().refine((value) => URL.canParse(value) && protocols.includes(new URL(value).protocol), {
    message: `must be a URL that begins with ${protocols.join(' or ')}`,
  })

const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d+$/, 'must be a whole number')
    .transform(Number)
    .refine((value) => value >= min && value <= max, { message: `must be from ${min} to ${max}` })

const environment = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
  PORT: wholeNumber(0, 65_535).default(8080),
  HOST: z.string().min(1).default('0.0.0.0'),
  ZHIYUAN_DATA: z.string().min(1).default(join(projectFolder, 'data')),
  /** The folder of the zone profile. */
  ZHIYUAN_ZONE: z
    .string()
    .min(1)
    .default(join(projectFolder, 'zones', shippedDefault.zone)),
  /** What an empty installation is filled with; nothing in production, where only `none` is taken. */
  ZHIYUAN_SCENARIO: z.enum([shippedDefault.scenario, 'none']).optional(),
  /** The address people use; cookies are `Secure` when it begins with https. */
  ZHIYUAN_URL: url(['http:', 'https:']).optional(),
  /** `1` behind a reverse proxy that sets X-Forwarded-For and X-Forwarded-Proto itself. */
  ZHIYUAN_TRUST_PROXY: z.enum(['0', '1']).default('0'),
  /** Requests a minute from one address; 0 sets no limit. Direct loopback peers are the operator's own tools and free. */
  ZHIYUAN_RATE_LIMIT: wholeNumber(0, 1_000_000).default(1200),
  DATABASE_URL: url(['postgres:', 'postgresql:']).optional(),
  CLICKHOUSE_URL: url(['http:', 'https:']).optional(),
  SMTP_URL: url(['smtp:', 'smtps:']).optional(),
  /** Gateways for SMS and WeChat messages, and the secret that signs what is sent to them. */
  SMS_WEBHOOK_URL: url(['http:', 'https:']).optional(),
  WECHAT_WEBHOOK_URL: url(['http:', 'https:']).optional(),
  WEBHOOK_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
  /** A bucket for the files, `https://key:secret@store.example/bucket?region=…`, instead of the data folder. */
  S3_URL: url(['http:', 'https:']).optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  /** Single sign-on by OpenID Connect, e.g. a government account service. */
  OIDC_ISSUER: url(['http:', 'https:']).optional(),
  OIDC_CLIENT_ID: z.string().min(1).optional(),
  OIDC_CLIENT_SECRET: z.string().min(1).optional(),
})

export interface Config {
  readonly mode: 'development' | 'production' | 'test'
  readonly port: number
  readonly host: string
  readonly dataFolder: string
  readonly zoneFolder: string
  readonly scenario: string
  readonly publicUrl: string
  readonly trustProxy: boolean
  readonly rateLimitPerMinute: number
  readonly databaseUrl: string | undefined
  readonly clickhouseUrl: string | undefined
  readonly smtpUrl: string | undefined
  /** By channel; undefined where the operator has none. */
  readonly webhooks: { readonly sms: Webhook | undefined; readonly wechat: Webhook | undefined }
  readonly s3Url: string | undefined
  readonly logLevel: string
  readonly oidc:
    | { readonly issuer: string; readonly clientId: string; readonly clientSecret: string }
    | undefined
}

/** Reads the settings; a wrong value is one sentence that names the setting, what it was, and what it must be. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  )
  const read = environment.safeParse(given)
  if (!read.success) {
    const [issue] = read.error.issues
    const name = String(issue?.path[0])
    // A URL may carry a password: its value is not repeated.
    const value = name.endsWith('_URL') || name.includes('SECRET') ? '' : ` is "${given[name]}" but`
    throw new OperatorError(
      `${name}${value} ${issue?.message.replace(/^Invalid option: expected/, 'must be')}.`,
    )
  }
  const settings = read.data
  if (!existsSync(join(settings.ZHIYUAN_ZONE, 'zone.json'))) {
    throw new OperatorError(`ZHIYUAN_ZONE is "${settings.ZHIYUAN_ZONE}" but holds no zone.json.`)
  }
  return {
    mode: settings.NODE_ENV,
    port: settings.PORT,
    host: settings.HOST,
    dataFolder: resolve(settings.ZHIYUAN_DATA),
    zoneFolder: resolve(settings.ZHIYUAN_ZONE),
    scenario: scenarioOf(settings),
    publicUrl: settings.ZHIYUAN_URL ?? `http://localhost:${settings.PORT}`,
    trustProxy: settings.ZHIYUAN_TRUST_PROXY === '1',
    rateLimitPerMinute: settings.ZHIYUAN_RATE_LIMIT,
    databaseUrl: settings.DATABASE_URL,
    clickhouseUrl: settings.CLICKHOUSE_URL,
    smtpUrl: settings.SMTP_URL,
    webhooks: webhooksOf(settings),
    s3Url: settings.S3_URL,
    logLevel: settings.LOG_LEVEL,
    oidc: singleSignOn(settings),
  }
}

function scenarioOf({ NODE_ENV, ZHIYUAN_SCENARIO }: z.infer<typeof environment>): string {
  if (NODE_ENV !== 'production') return ZHIYUAN_SCENARIO ?? shippedDefault.scenario
  if (ZHIYUAN_SCENARIO === undefined || ZHIYUAN_SCENARIO === 'none') return 'none'
  throw new OperatorError(
    `ZHIYUAN_SCENARIO is "${ZHIYUAN_SCENARIO}" but must be "none" in production: the demo accounts have a published password.`,
  )
}

function webhooksOf({
  SMS_WEBHOOK_URL: sms,
  WECHAT_WEBHOOK_URL: wechat,
  WEBHOOK_SECRET: secret,
}: z.infer<typeof environment>): Config['webhooks'] {
  const at = (url: string | undefined): Webhook | undefined => {
    if (url === undefined) return undefined
    if (secret === undefined)
      throw new OperatorError('A webhook needs WEBHOOK_SECRET, which signs what is sent.')
    return { url, secret }
  }
  return { sms: at(sms), wechat: at(wechat) }
}

function singleSignOn({
  OIDC_ISSUER: issuer,
  OIDC_CLIENT_ID: clientId,
  OIDC_CLIENT_SECRET: clientSecret,
}: z.infer<typeof environment>) {
  const given = [issuer, clientId, clientSecret].filter((value) => value !== undefined)
  if (given.length === 0) return undefined
  if (issuer === undefined || clientId === undefined || clientSecret === undefined) {
    throw new OperatorError('OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET must be given together.')
  }
  return { issuer, clientId, clientSecret }
}
