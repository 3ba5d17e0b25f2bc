import { z } from 'zod'
import { del, get, page, pageInput, post, put, refusal, text, signedIn } from '#platform/contract.ts'
import { only } from '../identity/roles.ts'

const Words = z.object({ zh: z.string(), en: z.string() })
const moment = z.iso.datetime({ offset: true })
const idPage = pageInput.extend({ cursor: z.uuid().optional() })
const kindCode = z.string().min(1).max(80)
const flag = z.enum(['true', 'false']).transform((value) => value === 'true')

export const ChannelName = z.enum(['mail', 'sms', 'wechat'])
const AddressChannel = z.enum(['sms', 'wechat'])
export const LanguageName = z.enum(['zh', 'en'])

const Notice = z.object({
  id: z.uuid(),
  kind: z.string(),
  kindNames: Words.nullable(),
  subject: z.object({ kind: z.string(), id: z.string() }),
  title: Words,
  body: Words,
  href: z.string(),
  createdAt: moment,
  readAt: moment.nullable(),
})

const Preferences = z.object({
  /** Null until it is chosen: then letters are in both languages. */
  language: LanguageName.nullable(),
  email: z.string().nullable(),
  addresses: z.array(
    z.object({
      channel: AddressChannel,
      /** Whether the operator has a gateway for it. */
      available: z.boolean(),
      address: z.string().nullable(),
      state: z.enum(['none', 'unconfirmed', 'confirmed']),
    }),
  ),
  kinds: z.array(
    z.object({
      code: z.string(),
      names: Words,
      summary: Words,
      /** What reaches the person by which channel, chosen or proposed. */
      wants: z.object({ mail: z.boolean(), sms: z.boolean(), wechat: z.boolean() }),
    }),
  ),
})

const OutgoingMessage = z.object({
  id: z.uuid(),
  channel: ChannelName,
  /** Masked. */
  recipient: z.string(),
  subject: z.string(),
  createdAt: moment,
  dueAt: moment,
  attempts: z.int(),
  lastError: z.string().nullable(),
  sentAt: moment.nullable(),
  deadAt: moment.nullable(),
})

const channelUnavailable = { CHANNEL_UNAVAILABLE: refusal(409) }

export const notices = {
  list: get('/notices', {
    summary: 'What the caller was told, newest first',
    allow: signedIn,
    clauses: ['S73'],
  })
    .input(idPage.extend({ unread: flag.optional(), kind: kindCode.optional() }))
    .output(
      page(Notice).extend({
        unread: z.int(),
        kinds: z.array(z.object({ code: z.string(), names: Words.nullable() })),
      }),
    ),

  unread: get('/notices/unread', {
    summary: 'How many notices the caller has not read',
    allow: signedIn,
  }).output(z.object({ unread: z.int() })),

  read: put('/notices/{id}/read', {
    summary: 'Marks an own notice as read or unread',
    allow: signedIn,
    unauditedBecause: 'It says what somebody has read of their own, at every click.',
  })
    .input(z.object({ id: z.uuid(), read: z.boolean().default(true) }))
    .output(z.object({ unread: z.int() }))
    .errors({ UNKNOWN_NOTICE: refusal(404) }),

  readAll: post('/notices/reading', {
    summary: 'Marks the own notices up to one as read',
    allow: signedIn,
    unauditedBecause: 'It says what somebody has read of their own.',
  })
    .input(z.object({ upTo: z.uuid() }))
    .output(z.object({ marked: z.int(), unread: z.int() })),

  preferences: get('/notices/preferences', {
    summary: 'Which kinds of notices reach the caller by which channels',
    allow: signedIn,
  }).output(Preferences),

  choose: put('/notices/preferences', {
    summary: 'Chooses language and channels of own notices',
    allow: signedIn,
  })
    .input(
      z.object({
        language: LanguageName.nullable(),
        choices: z.array(z.object({ kind: kindCode, channel: ChannelName, wanted: z.boolean() })).max(300),
      }),
    )
    .output(Preferences)
    .errors({ UNKNOWN_KIND: refusal(422, z.object({ kind: z.string() })) }),

  giveAddress: put('/notices/addresses/{channel}', {
    summary: 'Gives the telephone number or WeChat id that messages go to; a code is sent there',
    allow: signedIn,
  })
    .input(z.object({ channel: AddressChannel, address: z.string().trim().min(3).max(100) }))
    .output(z.object({ expiresAt: moment }))
    .errors({
      ...channelUnavailable,
      NOT_AN_ADDRESS: refusal(422),
      CODE_JUST_SENT: refusal(429, z.object({ seconds: z.int() })),
      TOO_MANY_CODES: refusal(429),
    }),

  confirmAddress: post('/notices/addresses/{channel}/confirmation', {
    summary: 'Confirms the address by the code that was sent there',
    allow: signedIn,
  })
    .input(z.object({ channel: AddressChannel, code: text(20) }))
    .output(z.object({ confirmed: z.literal(true) }))
    .errors({
      WRONG_CODE: refusal(422, z.object({ left: z.int() })),
      NO_CODE: refusal(409),
    }),

  forgetAddress: del('/notices/addresses/{channel}', {
    summary: 'Forgets the address; nothing is sent there any more',
    allow: signedIn,
  })
    .input(z.object({ channel: AddressChannel }))
    .output(z.object({ forgotten: z.boolean() })),

  outbox: get('/notices/outbox', {
    summary: 'What waits to leave, what left, and what was given up with its reason',
    allow: only('administrator', 'auditor'),
    clauses: ['S135'],
  })
    .input(idPage.extend({ state: z.enum(['waiting', 'dead', 'sent']).default('dead') }))
    .output(
      page(OutgoingMessage).extend({
        counts: z.object({ waiting: z.int(), dead: z.int(), sent: z.int() }),
        open: z.array(ChannelName).describe('Channels that the operator has a server or gateway for.'),
      }),
    ),

  resend: post('/notices/outbox/{id}/resend', {
    summary: 'Sends again what was given up',
    allow: only('administrator'),
  })
    .input(z.object({ id: z.uuid() }))
    .output(z.object({ due: z.literal(true) }))
    .errors({ NOT_GIVEN_UP: refusal(409) }),
}
