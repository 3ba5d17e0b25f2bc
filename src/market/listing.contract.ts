import { z } from 'zod'
import { anyone, day, get, page, pageInput, post, refusal, text } from '#platform/contract.ts'
import { only } from '../identity/roles.ts'
import { LISTING_STATE_NAMES } from './listing.rules.ts'
import { DEAL_KIND_NAMES } from './rules.ts'

const clauses = ['S124', 'S128']
const offerers = only('enterprise', 'university', 'agency', 'officer', 'operator')
const checkers = only('officer', 'operator')
const reason = text(2000).min(2)
const industry = z.string().regex(/^[a-z0-9-]{1,60}$/)
const State = z.enum(LISTING_STATE_NAMES)
const Kind = z.enum(DEAL_KIND_NAMES)

const Listing = z.object({
  id: z.uuid(),
  publicationNumber: z.string(),
  applicationNumber: z.string(),
  title: z.string(),
  partyId: z.uuid(),
  partyName: z.string(),
  holders: z.array(z.string()),
  holderMatches: z
    .boolean()
    .describe('Whether one of the owners named in the patent is the party that offers it.'),
  kind: Kind,
  field: z.string(),
  industry,
  summary: z.string(),
  priceFen: z.int().nullable(),
  state: State,
  listedOn: day,
  confirmedOn: day,
  confirmBy: day.describe('Unless confirmed before this day it leaves the market.'),
  termsFrom: day.describe('The version of the terms by which that day was set.'),
  legalStatus: z.string(),
  statusCheckedAt: z.iso.datetime({ offset: true }),
  version: z.int(),
})

const Event = z.object({
  id: z.uuid(),
  kind: z.enum(['listed', 'confirmed', 'reminded', 'faded', 'lapsed', 'withdrawn']),
  reason: z.string().nullable(),
  legalStatus: z.string().nullable(),
  happenedOn: day,
  recordedAt: z.iso.datetime({ offset: true }),
})

const id = { id: z.uuid() }
const unknownListing = { UNKNOWN_LISTING: refusal(404) }
const notYours = { NOT_YOUR_ORGANISATION: refusal(403) }
const changed = { CHANGED: refusal(409, z.object({ version: z.int() })) }
const rightEnded = { RIGHT_ENDED: refusal(409, z.object({ legalStatus: z.string() })) }

export const market = {
  listings: get('/market/listings', {
    summary: 'Rights on offer; those that left the market can be asked for',
    allow: anyone,
    clauses,
  })
    .input(
      z.object({
        q: text(100).optional().describe('A part of the title, the field, the owner or the number.'),
        industry: industry.optional(),
        kind: Kind.optional(),
        state: State.default('active'),
        partyId: z.uuid().optional(),
        mine: z.literal('yes').optional().describe('Those that the reader may confirm or withdraw.'),
        ...pageInput.shape,
      }),
    )
    .output(
      page(Listing).extend({
        asOf: day,
        states: z.record(State, z.int()).describe('Of the same search, in each state.'),
        offerers: z
          .array(z.object({ id: z.uuid(), name: z.string() }))
          .describe('Organisations that the reader may offer for.'),
        terms: z
          .object({ from: day, sample: z.boolean(), confirmDays: z.int(), remindDaysBefore: z.int() })
          .nullable(),
      }),
    )
    .errors({ INVALID_CURSOR: refusal(400) }),

  listing: get('/market/listings/{id}', {
    summary: 'One listing and everything that happened to it',
    allow: anyone,
    clauses,
  })
    .input(z.object(id))
    .output(Listing.extend({ events: z.array(Event), mayAct: z.boolean() }))
    .errors(unknownListing),

  offer: post('/market/listings', {
    summary: 'Offer a right on the market, with the field of application and the industry it serves',
    allow: offerers,
    clauses,
    status: 201,
  })
    .input(
      z.object({
        publicationNumber: z.string().trim().min(4).max(60),
        partyId: z.uuid(),
        kind: Kind,
        field: text(200).min(2).describe('The field of application, in words a buyer uses.'),
        industry,
        summary: text(2000).min(2),
        priceFen: z.int().positive().max(1e15).optional().describe('Open to negotiation without it.'),
      }),
    )
    .output(z.object(id))
    .errors({
      ...notYours,
      ...rightEnded,
      UNKNOWN_PARTY: refusal(422, z.object({ partyId: z.uuid() })),
      UNKNOWN_PATENT: refusal(422, z.object({ publicationNumber: z.string() })),
      UNKNOWN_INDUSTRY: refusal(422, z.object({ industry: z.string() })),
      ALREADY_LISTED: refusal(409, z.object({ id: z.uuid() })),
      NO_TERMS: refusal(409),
    }),

  confirm: post('/market/listings/{id}/confirm', {
    summary: 'Confirm that a listing still stands; a faded one comes back',
    allow: offerers,
    clauses,
  })
    .input(z.object({ ...id, version: z.int() }))
    .output(Listing)
    .errors({
      ...unknownListing,
      ...notYours,
      ...changed,
      ...rightEnded,
      WITHDRAWN: refusal(409),
      NO_TERMS: refusal(409),
    }),

  withdraw: post('/market/listings/{id}/withdraw', {
    summary: 'Take a listing off the market, with the reason',
    allow: offerers,
    clauses,
  })
    .input(z.object({ ...id, version: z.int(), reason }))
    .output(Listing)
    .errors({ ...unknownListing, ...notYours, ...changed, LEFT_ALREADY: refusal(409) }),

  recheck: post('/market/listings/recheck', {
    summary:
      'Look at every listing again: the legal status of its right, and the day by which it must be confirmed',
    allow: checkers,
    clauses,
  }).output(
    z.object({
      checked: z.int(),
      lapsed: z.int(),
      faded: z.int(),
      reminded: z.int(),
      at: z.iso.datetime({ offset: true }),
    }),
  ),
}
