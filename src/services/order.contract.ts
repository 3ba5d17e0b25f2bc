import { z } from 'zod'
import {
  anyone,
  day,
  download,
  get,
  page,
  pageInput,
  post,
  refusal,
  signedIn,
  text,
} from '#platform/contract.ts'
import { Rating } from '../matters/contract.ts'
import { only } from '../identity/roles.ts'
import { QUOTE_STATES, SPECIAL_SERVICE_CODES } from './order.rules.ts'

const clauses = ['S74', 'S79']
const Words = z.object({ zh: z.string(), en: z.string() })
const moment = z.iso.datetime({ offset: true })
const agency = only('agency')
/** The number of its matter. */
const number = z.string().regex(/^\d{4}-\d{6,9}-\d$/)
const DayUnit = z.enum(['workingDays', 'calendarDays'])
const QuoteState = z.enum(QUOTE_STATES)
const State = z.enum(['open', 'quoted', 'working', 'delivered', 'filed', 'withdrawn', 'lapsed', 'handedOver'])

const Quote = z.object({
  id: z.uuid(),
  agency: z.object({ code: z.string(), name: z.string() }),
  priceFen: z.int(),
  currency: z.string(),
  scope: z.string(),
  days: z.int(),
  dayUnit: DayUnit,
  validUntil: day,
  state: QuoteState,
  expired: z.boolean(),
  reason: z.string().nullable(),
  quotedAt: moment,
  /** The promised day: counted when it was taken, or what it would be if it were taken today. */
  dueOn: day.nullable(),
  late: z.boolean(),
  /** Of the quotes that can be taken now; null for others. */
  compared: z
    .object({ lowestPrice: z.boolean(), soonest: z.boolean(), withinBudget: z.boolean() })
    .nullable(),
  mine: z.boolean(),
})

const DeliveredFile = z.object({
  id: z.uuid(),
  fileName: z.string(),
  mediaType: z.string(),
  bytes: z.int(),
  sha256: z.string(),
})

export const OrderView = z.object({
  number,
  title: z.string(),
  service: z.object({ code: z.string(), names: Words }),
  state: State,
  stateNames: Words,
  version: z.int(),
  purpose: z.string(),
  budgetFrom: z.int().nullable(),
  budgetTo: z.int().nullable(),
  neededBy: day.nullable(),
  submittedOn: day,
  /** Named to the agency whose quote was taken, and to no other agency. */
  client: z.string().nullable(),
  /** Whether the caller may ask for the contact; they state a purpose, and the client sees that they did. */
  mayReadContact: z.boolean(),
  side: z.enum(['client', 'agency', 'office']),
  quotes: z.array(Quote),
  deliveries: z.array(
    z.object({
      id: z.uuid(),
      description: z.string(),
      deliveredAt: moment,
      accepted: z.boolean().nullable(),
      reworkReason: z.string().nullable(),
      files: z.array(DeliveredFile),
    }),
  ),
  /** Files that were uploaded and are not delivered yet; the agency alone sees them. */
  waitingFiles: z.array(DeliveredFile),
  filed: z.object({ reference: z.string(), servedOn: day, matterType: z.string() }).nullable(),
  rating: Rating.nullable(),
})

const unknownOrder = { UNKNOWN_ORDER: refusal(404) }
const closed = { ORDER_CLOSED: refusal(409, z.object({ state: z.string() })) }
const unknownQuote = { UNKNOWN_QUOTE: refusal(404) }
const settled = { QUOTE_SETTLED: refusal(409, z.object({ state: QuoteState })) }
const notYours = { NOT_YOUR_ORDER: refusal(403) }
const noAgency = { NO_AGENCY: refusal(403) }

export const orders = {
  offers: get('/service-orders/offers', {
    summary: 'The special services that the zone offers, with how many agencies may quote for each',
    allow: anyone,
    clauses: ['S74'],
  }).output(
    z.object({
      note: Words,
      items: z.array(
        z.object({
          code: z.enum(SPECIAL_SERVICE_CODES),
          names: Words,
          summary: Words,
          class: z.string(),
          agencies: z.int(),
          sample: z.boolean(),
        }),
      ),
    }),
  ),

  list: get('/service-orders', {
    summary: 'Orders as the caller’s agency sees them: open for quotes, or those it quoted for',
    allow: agency,
    clauses,
  })
    .input(
      z.object({
        ...pageInput.shape,
        scope: z.enum(['open', 'mine']).default('open'),
        cursor: z.uuid().optional(),
      }),
    )
    .output(
      page(
        z.object({
          number,
          title: z.string(),
          service: z.object({ code: z.string(), names: Words }),
          state: State,
          stateNames: Words,
          neededBy: day.nullable(),
          budgetTo: z.int().nullable(),
          submittedOn: day,
          quote: z
            .object({ state: QuoteState, priceFen: z.int(), currency: z.string(), dueOn: day.nullable() })
            .nullable(),
          late: z.boolean(),
        }),
      ).extend({ agency: z.object({ code: z.string(), name: z.string() }) }),
    )
    .errors(noAgency),

  get: get('/service-orders/{number}', {
    summary: 'One order: what is asked, quotes, deliveries; a quoting agency sees its own quotes only',
    allow: signedIn,
    clauses,
  })
    .input(z.object({ number }))
    .output(OrderView)
    .errors(unknownOrder),

  contact: get('/service-orders/{number}/contact', {
    summary: 'Whom to reach on the client’s side, for the agency that was taken; the reading is logged',
    allow: agency,
    clauses: ['S74'],
  })
    .input(z.object({ number, purpose: text(200).min(4) }))
    .output(z.object({ contact: z.string(), telephone: z.string() }))
    .errors({ ...unknownOrder, ...notYours, ...noAgency }),

  quote: post('/service-orders/{number}/quotes', {
    summary: 'Quote for an order; an earlier quote of the same agency is replaced',
    allow: agency,
    clauses,
    status: 201,
  })
    .input(
      z.object({
        number,
        priceFen: z.int().min(1).max(1e13),
        scope: text(4000).min(10),
        days: z.int().min(1).max(730),
        dayUnit: DayUnit.default('workingDays'),
        validUntil: day,
      }),
    )
    .output(OrderView)
    .errors({
      ...unknownOrder,
      ...closed,
      ...noAgency,
      OWN_ORDER: refusal(409),
      NOT_OFFERED_BY_YOU: refusal(403, z.object({ service: z.string() })),
      VALID_UNTIL_PAST: refusal(422, z.object({ today: day })),
    }),

  withdrawQuote: post('/service-orders/{number}/quotes/{id}/withdrawal', {
    summary: 'Take a quote back while it stands',
    allow: agency,
    clauses,
  })
    .input(z.object({ number, id: z.uuid(), reason: text(500).min(2) }))
    .output(OrderView)
    .errors({ ...unknownOrder, ...unknownQuote, ...settled, ...noAgency }),

  take: post('/service-orders/{number}/quotes/{id}/acceptance', {
    summary: 'Take one quote; of two people who do it at once one wins, and the other is told who was taken',
    allow: signedIn,
    clauses,
  })
    .input(z.object({ number, id: z.uuid() }))
    .output(OrderView)
    .errors({
      ...unknownOrder,
      ...unknownQuote,
      ...settled,
      ...closed,
      ...notYours,
      ALREADY_TAKEN: refusal(409, z.object({ agency: z.string() })),
      QUOTE_EXPIRED: refusal(409, z.object({ validUntil: day })),
    }),

  giveBack: post('/service-orders/{number}/return', {
    summary: 'The agency cannot do what it took on: the order is open for quotes again',
    allow: agency,
    clauses,
  })
    .input(z.object({ number, reason: text(500).min(4) }))
    .output(OrderView)
    .errors({ ...unknownOrder, ...closed, ...notYours, ...noAgency }),

  upload: post('/service-orders/{number}/files', {
    summary: 'Put a file ready for delivery',
    allow: agency,
    clauses,
    status: 201,
  })
    .input(z.object({ number, file: z.instanceof(File) }))
    .output(OrderView)
    .errors({
      ...unknownOrder,
      ...closed,
      ...notYours,
      ...noAgency,
      TOO_MANY_FILES: refusal(409, z.object({ limit: z.int() })),
      FILE_REFUSED: refusal(422, z.object({ fileName: z.string(), reason: z.string() })),
    }),

  file: get('/service-orders/{number}/files/{id}', {
    summary: 'A delivered file as it was handed over',
    allow: signedIn,
    clauses,
  })
    .input(z.object({ number, id: z.uuid() }))
    .output(download)
    .errors({ ...unknownOrder, UNKNOWN_FILE: refusal(404) }),

  deliver: post('/service-orders/{number}/deliveries', {
    summary: 'Hand the work over, with the files that were put ready',
    allow: agency,
    clauses,
    status: 201,
  })
    .input(z.object({ number, description: text(4000).min(10) }))
    .output(OrderView)
    .errors({ ...unknownOrder, ...closed, ...notYours, ...noAgency }),
}
