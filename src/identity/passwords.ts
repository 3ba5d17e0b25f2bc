import { hash, verify } from '@node-rs/argon2'

/** argon2id by OWASP's second recommendation: 19 MiB, two passes, one lane; some 25 ms a password. */
const ARGON2ID = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

export function hashPassword(password: string): Promise<string> {
  return hash(password, ARGON2ID)
}

export function verifyPassword(given: { hash: string; password: string }): Promise<boolean> {
  return verify(given.hash, given.password)
}
