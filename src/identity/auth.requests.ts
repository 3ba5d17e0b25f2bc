import { z } from 'zod'

const email = z.email().max(254)
const password = z.string().min(1).max(1024)
const code = z.string().trim().min(6).max(20)
/** A path of this site; an address elsewhere would make the sign-in page send people on to it. */
const ownPath = z
  .string()
  .max(500)
  .regex(/^\/(?![/\\])/u)
  .default('/')

export interface ExposedRequest {
  method: 'GET' | 'POST'
  /** What better-auth is given: nothing but these fields. */
  body?: z.ZodType<Record<string, unknown>>
  /** Whether staff who still owe the second factor may call it. */
  beforeSecondFactor?: true
}

/**
 * Everything of better-auth that the outside reaches, and in which shape. What it can do besides (opening accounts,
 * changing mailboxes, trusting a device past the second factor) is not here, and so does not exist.
 */
export const EXPOSED: Readonly<Record<string, ExposedRequest>> = {
  '/sign-in/email': { method: 'POST', body: z.object({ email, password }), beforeSecondFactor: true },
  '/sign-in/social': {
    method: 'POST',
    body: z.object({ provider: z.literal('sso'), callbackURL: ownPath, errorCallbackURL: ownPath }),
    beforeSecondFactor: true,
  },
  '/callback/sso': { method: 'GET', beforeSecondFactor: true },
  '/sign-out': { method: 'POST', body: z.object({}), beforeSecondFactor: true },
  '/request-password-reset': { method: 'POST', body: z.object({ email }), beforeSecondFactor: true },
  '/reset-password': {
    method: 'POST',
    body: z.object({ token: z.string().min(1).max(200), newPassword: password }),
    beforeSecondFactor: true,
  },
  '/change-password': {
    method: 'POST',
    body: z
      .object({ currentPassword: password, newPassword: password })
      .transform((given) => ({ ...given, revokeOtherSessions: true })),
  },
  '/two-factor/enable': {
    method: 'POST',
    body: z.object({ password: password.optional() }).transform((given) => ({ ...given, method: 'totp' })),
    beforeSecondFactor: true,
  },
  '/two-factor/verify-totp': { method: 'POST', body: z.object({ code }), beforeSecondFactor: true },
  '/two-factor/verify-backup-code': { method: 'POST', body: z.object({ code }), beforeSecondFactor: true },
  '/two-factor/generate-backup-codes': { method: 'POST', body: z.object({ password: password.optional() }) },
  '/two-factor/disable': { method: 'POST', body: z.object({ password: password.optional() }) },
}

const LONGEST_BODY = 16 * 1024

export type ReadBody =
  | { ok: true; body: Record<string, unknown> }
  | { ok: false; status: 400 | 413; issues: unknown[] }

/** The validated body; counted while it is read, since its declared length may be a lie. */
export async function readBody(
  request: Request,
  schema: z.ZodType<Record<string, unknown>>,
): Promise<ReadBody> {
  const text = await readBounded(request)
  if (text === undefined) return { ok: false, status: 413, issues: [] }
  const parsed = schema.safeParse(parseJson(text))
  if (parsed.success) return { ok: true, body: parsed.data }
  const issues = parsed.error.issues.map(({ path, code, message }) => ({
    field: path.join('.'),
    code,
    message,
  }))
  return { ok: false, status: 400, issues }
}

async function readBounded(request: Request): Promise<string | undefined> {
  if (request.body === null) return ''
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of request.body) {
    length += chunk.byteLength
    if (length > LONGEST_BODY) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text === '' ? '{}' : text)
  } catch {
    return undefined
  }
}
