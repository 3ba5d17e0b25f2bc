/** How a code is read at an address before anything else goes there. */
export const CODE = { digits: 6, minutes: 10, failures: 5, secondsBetween: 60, perDay: 10 } as const

/** A mobile number of the mainland as eleven digits, any other with its country code. Undefined when it is no number. */
export function readPhone(text: string): string | undefined {
  const compact = text.replaceAll(/[\s()-]/gu, '').replace(/^(?:\+|00)86(?=1\d{10}$)/u, '')
  if (/^1[3-9]\d{9}$/u.test(compact)) return compact
  return /^\+[1-9]\d{6,14}$/u.test(compact) ? compact : undefined
}

/** What a WeChat gateway knows a person by. */
export function readWechatId(text: string): string | undefined {
  return /^[A-Za-z0-9_-]{6,64}$/u.test(text) ? text : undefined
}

export function readAddress(channel: 'sms' | 'wechat', text: string): string | undefined {
  return channel === 'sms' ? readPhone(text) : readWechatId(text)
}

/** What was sent for somebody today. */
export interface CodesSent {
  readonly codes: number
  readonly lastAt: Date
}

export type CodeRefusal =
  | { readonly kind: 'just-sent'; readonly seconds: number }
  | { readonly kind: 'too-many' }

/** Whether another code may be sent: an address may be somebody else's, who must not be flooded. */
export function refuseCode(sent: CodesSent | undefined, now: Date): CodeRefusal | undefined {
  if (sent === undefined) return undefined
  if (sent.codes >= CODE.perDay) return { kind: 'too-many' }
  const seconds = Math.ceil(CODE.secondsBetween - (now.getTime() - sent.lastAt.getTime()) / 1000)
  return seconds > 0 ? { kind: 'just-sent', seconds } : undefined
}
