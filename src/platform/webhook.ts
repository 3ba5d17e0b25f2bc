import { createHmac, timingSafeEqual } from 'node:crypto'
import { CannotBeDelivered, type Outgoing, type Send } from './outbox.ts'

/** Where an operator's gateway for one channel listens, and the secret that both sides know. */
export interface Webhook {
  readonly url: string
  readonly secret: string
}

const TIMEOUT_MS = 15_000
/** Answers that a later attempt may better; any other 4xx will be the same again. */
const MAY_PASS = new Set([401, 403, 404, 408, 409, 425, 429])
/** A signature older or newer than this is refused by the receiver: what was overheard cannot be played again later. */
const TOLERANCE_SECONDS = 300

/**
 * Signs as the Standard Webhooks specification has it: HMAC-SHA256 over `id.timestamp.body`, so that neither the message,
 * nor its id, nor its moment can be changed.
 */
export function sign(secret: string, id: string, timestamp: number, body: string): string {
  return `v1,${createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64')}`
}

export interface SignedRequest {
  readonly id: string
  readonly timestamp: string
  /** One or several, parted by spaces, as while a secret is being changed. */
  readonly signature: string
  readonly body: string
}

/** What a receiver does with a request before it believes it; stated here so that both sides are tested together. */
export function isGenuine(
  secret: string,
  { id, timestamp, signature, body }: SignedRequest,
  now: Date,
): boolean {
  const seconds = Number(timestamp)
  if (!Number.isInteger(seconds) || Math.abs(now.getTime() / 1000 - seconds) > TOLERANCE_SECONDS) return false
  const expected = Buffer.from(sign(secret, id, seconds, body))
  return signature.split(' ').some((one) => {
    const given = Buffer.from(one)
    return given.length === expected.length && timingSafeEqual(given, expected)
  })
}

/**
 * Hands messages to a gateway by a signed POST. `webhook-id` is the same in every attempt: a gateway that has seen it
 * answers 2xx and sends nothing. Only the operator's settings say where: no redirect is followed.
 */
export function webhookSender({ url, secret }: Webhook, publicUrl: string, clock = () => new Date()): Send {
  return async (outgoing) => {
    const body = JSON.stringify(messageOf(outgoing, publicUrl))
    const timestamp = Math.floor(clock().getTime() / 1000)
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: {
        'content-type': 'application/json',
        'webhook-id': outgoing.id,
        'webhook-timestamp': String(timestamp),
        'webhook-signature': sign(secret, outgoing.id, timestamp, body),
      },
      body,
    })
    await response.body?.cancel()
    if (response.ok) return
    const said = `the gateway answered ${response.status}`
    const final = response.status >= 400 && response.status < 500 && !MAY_PASS.has(response.status)
    throw final ? new CannotBeDelivered(said) : new Error(said)
  }
}

/** What a gateway is told. `kind` names its template; `link` is absolute. */
function messageOf(
  { id, channel, recipient, subject, body, linkPath, attempt }: Outgoing,
  publicUrl: string,
) {
  return {
    id,
    channel,
    to: recipient,
    text: subject,
    kind: body,
    link: new URL(linkPath, publicUrl).href,
    attempt,
  }
}
