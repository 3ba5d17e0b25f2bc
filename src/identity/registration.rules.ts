import type { Role } from './roles.ts'

/**
 * As whom a person may open an account without being invited. Everything else a role allows rests on somebody who
 * vouches for it: an organisation for its members, an administrator for public offices.
 */
export const REGISTRANTS = ['citizen', 'foreign-client'] as const satisfies readonly Role[]

export type Registrant = (typeof REGISTRANTS)[number]

/** How long a letter is good, and how many may be on their way to one mailbox. */
export const REGISTRATION_HOURS = 24
export const LETTERS_AT_ONCE = 3
