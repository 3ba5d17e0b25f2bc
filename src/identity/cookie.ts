import { createHmac, timingSafeEqual } from 'node:crypto'
import type { IdentitySettings } from './settings.ts'

type CookieSettings = Pick<IdentitySettings, 'secret' | 'secureCookies'>

export const COOKIE_PREFIX = 'zhiyuan'

/** Browsers refuse a cookie of this prefix over plain http, so that it cannot be planted from there. */
export function sessionCookieName({ secureCookies }: Pick<IdentitySettings, 'secureCookies'>): string {
  return `${secureCookies ? '__Secure-' : ''}${COOKIE_PREFIX}.session_token`
}

/**
 * The session token of a request, or undefined when there is none or its signature is not ours: a forged cookie
 * costs one hash and never a question to the database.
 */
export function readSessionToken(headers: Headers, settings: CookieSettings): string | undefined {
  const value = findCookie(headers.get('cookie') ?? '', sessionCookieName(settings))
  const [token, given] = split(value)
  if (token === undefined) return undefined
  const expected = Buffer.from(signature(token, settings.secret))
  const signed = Buffer.from(given)
  return signed.length === expected.length && timingSafeEqual(signed, expected) ? token : undefined
}

/** Which session a request claims to be of, for telling apart the sessions of an account that is known already. */
export function claimedSessionToken(headers: Headers): string | undefined {
  const header = headers.get('cookie') ?? ''
  const names = [true, false].map((secureCookies) => sessionCookieName({ secureCookies }))
  return split(names.map((name) => findCookie(header, name)).find((value) => value !== undefined))[0]
}

function split(value: string | undefined): [string, string] | [undefined, undefined] {
  const dot = value?.lastIndexOf('.') ?? -1
  return value === undefined || dot < 1 ? [undefined, undefined] : [value.slice(0, dot), value.slice(dot + 1)]
}

/** The `name=value` of a session cookie, signed as better-auth signs its own. */
export function sessionCookie(token: string, settings: CookieSettings): string {
  const signed = encodeURIComponent(`${token}.${signature(token, settings.secret)}`)
  return `${sessionCookieName(settings)}=${signed}`
}

function signature(token: string, secret: string): string {
  return createHmac('sha256', secret).update(token).digest('base64')
}

function findCookie(header: string, name: string): string | undefined {
  for (const pair of header.split(';')) {
    const equals = pair.indexOf('=')
    if (equals > 0 && pair.slice(0, equals).trim() === name) return decode(pair.slice(equals + 1).trim())
  }
  return undefined
}

function decode(value: string): string | undefined {
  try {
    return decodeURIComponent(value)
  } catch {
    return undefined
  }
}
