import { z } from 'zod'
import { anyone, get, post, refusal, text } from '#platform/contract.ts'
import { REGISTRANTS } from './registration.rules.ts'

const token = z.string().min(20).max(100)

/** How a person opens an account of their own: the mailbox is proved by a letter before anything is opened. */
export const registrations = {
  request: post('/registrations', {
    summary:
      'Asks for a letter with which to open an account; the answer is the same whoever has one already',
    allow: anyone,
    clauses: ['S73', 'S79'],
    status: 202,
  })
    .input(z.object({ email: z.email().max(254), kind: z.enum(REGISTRANTS).default('citizen') }))
    .output(z.object({ validForHours: z.int() }))
    .errors({ TOO_MANY_LETTERS: refusal(429) }),

  find: get('/registrations/{token}', {
    summary: 'Whom a registration letter is for, by its secret link',
    allow: anyone,
  })
    .input(z.object({ token }))
    .output(
      z.object({ email: z.string(), kind: z.enum(REGISTRANTS), expiresAt: z.iso.datetime({ offset: true }) }),
    )
    .errors({ UNKNOWN_REGISTRATION: refusal(404) }),

  complete: post('/registrations/{token}/account', {
    summary: 'Opens the account with a name and a password',
    allow: anyone,
    clauses: ['S73', 'S79'],
    status: 201,
  })
    .input(z.object({ token, name: text(120).min(1), password: z.string().min(1).max(1024) }))
    .output(z.object({ accountId: z.uuid() }))
    .errors({
      UNKNOWN_REGISTRATION: refusal(404),
      ALREADY_REGISTERED: refusal(409),
      WEAK_PASSWORD: refusal(422, z.object({ problems: z.array(z.string()) })),
    }),
}
