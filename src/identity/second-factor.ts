import { createHmac } from 'node:crypto'
import { symmetricEncrypt } from 'better-auth/crypto'

const PERIOD_SECONDS = 30
const DIGITS = 6

export function encryptForSecondFactor(data: string, secret: string): Promise<string> {
  return symmetricEncrypt({ key: secret, data })
}

/** The time-based code of a moment (RFC 6238, SHA-1, six digits, thirty seconds), as authenticator apps show it. */
export function codeAt(secret: string, now: Date): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(now.getTime() / 1000 / PERIOD_SECONDS)))
  const mac = createHmac('sha1', secret).update(counter).digest()
  const offset = (mac.at(-1) ?? 0) & 0x0f
  const number = mac.readUInt32BE(offset) & 0x7f_ff_ff_ff
  return String(number % 10 ** DIGITS).padStart(DIGITS, '0')
}
