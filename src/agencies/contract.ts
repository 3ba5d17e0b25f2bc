import { z } from 'zod'
import {
  anyone,
  day,
  download,
  get,
  page,
  pageInput,
  patch,
  post,
  refusal,
  text,
} from '#platform/contract.ts'
import { only } from '../identity/roles.ts'
import { Stage } from '../zone/place.rules.ts'
import { exitOperations } from './exit.contract.ts'
import { AgencyCode, FACT_NAMES, FACTS, FactValues } from './facts.rules.ts'
import { placementOperations } from './placement.contract.ts'
import { returnOperations } from './returns.contract.ts'

const keepers = only('officer', 'operator')

const reason = text(500).min(2)
const source = text(300).min(2)
const unit = text(60).min(1).nullable()

/** Which day, and optionally what was known by the end of which day. */
const vantage = {
  asOf: day.optional().describe('The day asked about; today unless told.'),
  knownOn: day
    .optional()
    .describe('Answer as the register stood at the end of this day, before later corrections.'),
}

const search = z.object({
  ...vantage,
  q: text(100).optional(),
  class: text(60).optional().describe('A service class of the zone.'),
  carrier: text(60).optional(),
  stage: Stage.optional(),
})

/** A day in an answer. It was checked when it was written; checking dozens of them again would only cost the reader time. */
const dayShown = z.string().describe('YYYY-MM-DD')

/** What stands in the register in one field, on whose word, seen there on which day, and since when it is so. */
const fact = <Value extends z.ZodType>(value: Value) =>
  z.object({
    value,
    source: z.string(),
    asOf: dayShown,
    since: dayShown,
    stale: z.boolean(),
    masked: z.boolean().optional(),
  })

const anyText = z.string().nullable()
/** What was checked when it was written is not checked again when it is read; a masked contact no longer has its form. */
const Facts = z
  .object({
    name: fact(z.string()),
    nameEn: fact(anyText),
    legalForm: fact(FACTS.legalForm),
    foundedOn: fact(dayShown),
    classes: fact(z.array(z.string())),
    patentLicence: fact(z.object({ agencyCode: z.string(), grantedOn: dayShown.nullable() }).nullable()),
    trademarkRecordal: fact(z.object({ number: anyText, validFrom: dayShown, validTo: dayShown }).nullable()),
    address: fact(z.string()),
    telephone: fact(anyText),
    email: fact(anyText),
    website: fact(anyText),
    languages: fact(z.array(z.string())),
    prices: fact(
      z.array(z.object({ service: z.string(), amountFen: z.int().nullable(), unit: anyText, note: anyText })),
    ),
    staffCount: fact(z.int()),
    attorneyCount: fact(z.int()),
    contactName: fact(anyText),
    contactPhone: fact(anyText),
    contactEmail: fact(anyText),
  })
  .partial()

const Stay = z.object({
  id: z.uuid(),
  carrier: z.string(),
  unit: z.string().nullable(),
  movedIn: day,
  movedOut: day.nullable(),
  reasonIn: z.string(),
  reasonOut: z.string().nullable(),
  source: z.string(),
  asOf: day,
})

export const AgencyListItem = z.object({
  code: AgencyCode,
  name: z.string(),
  nameEn: z.string().nullable(),
  initial: z.string(),
  classes: z.array(z.string()),
  carrier: z.string(),
  unit: z.string().nullable(),
  movedIn: day,
  stage: Stage.nullable(),
  patentAgencyCode: z.string().nullable(),
  website: z.string().nullable(),
  asOf: day
    .nullable()
    .describe('The oldest day on which one of the shown fields was last seen at its source.'),
  stale: z
    .array(z.enum(FACT_NAMES))
    .describe('Shown fields that nobody has looked at again within their limit.'),
})

const Facet = z.record(z.string(), z.int())

export const Agency = z.object({
  /** What the ledger calls the agency in its entries. */
  id: z.uuid(),
  code: AgencyCode,
  partyId: z.uuid(),
  creditCode: z.string().nullable(),
  registeredAt: z.iso.datetime({ offset: true }),
  asOf: day,
  knownOn: day.nullable(),
  inZone: z.boolean(),
  facts: Facts,
  stays: z.array(Stay),
  stage: z
    .object({ stage: Stage, sample: z.boolean(), certain: z.boolean(), carrier: z.string().nullable() })
    .nullable(),
})

const StageNumber = z.object({
  stage: Stage,
  fact: z.enum(['yearsSinceFounding', 'annualRevenueFen', 'staff', 'attorneys']),
  atLeast: z.number(),
  value: z.number().nullable(),
  asOf: day.nullable(),
  source: z.string().nullable(),
  met: z.boolean().nullable(),
  masked: z.boolean().describe('The number is confidential; whether it meets the threshold is not.'),
})

export const StageExplanation = z.object({
  code: AgencyCode,
  asOf: day,
  stage: Stage,
  certain: z
    .boolean()
    .describe('False where an unknown number could still lift the agency to a later stage.'),
  rule: z.object({
    from: day,
    sample: z.boolean(),
    source: z.object({ zh: z.string(), en: z.string() }),
    clauses: z.array(z.string()),
  }),
  numbers: z.array(StageNumber),
  needed: z.partialRecord(Stage, z.int()),
  carrier: z.object({ id: z.string(), names: z.object({ zh: z.string(), en: z.string() }) }).nullable(),
  placedIn: z.string().nullable().describe('The carrier in which the agency stands on that day.'),
})

export const HistoryLine = z.object({
  id: z.uuid(),
  kind: z.enum(['fact', 'membership']),
  field: z.string(),
  value: z.unknown(),
  masked: z.boolean(),
  validFrom: day,
  validTo: day.nullable(),
  source: z.string(),
  asOf: day,
  cause: z.string().nullable(),
  recordedAt: z.iso.datetime({ offset: true }),
  supersededAt: z.iso.datetime({ offset: true }).nullable(),
})

const unknownAgency = { UNKNOWN_AGENCY: refusal(404, z.object({ code: z.string() })) }
const dayAhead = { DAY_AHEAD: refusal(422, z.object({ field: z.string(), today: day })) }
const placeRefusals = {
  UNKNOWN_CARRIER: refusal(422, z.object({ carrier: z.string() })),
  ALREADY_THERE: refusal(409, z.object({ movedIn: day, movedOut: day.nullable(), carrier: z.string() })),
  ENDS_BEFORE_IT_BEGINS: refusal(422, z.object({ movedIn: day, movedOut: day })),
}
const unknownClass = { UNKNOWN_CLASS: refusal(422, z.object({ class: z.string() })) }

const provenance = {
  source,
  observedOn: day.describe('The day on which it was seen at the source.'),
}

const inCode = z.object({ code: AgencyCode })

export const agencies = {
  list: get('/agencies', {
    summary: 'The directory of agencies in the zone, on any day',
    allow: anyone,
    clauses: ['S203', 'S149', 'S202', 'S14', 'S60'],
  })
    .input(search.extend(pageInput.shape))
    .output(
      page(AgencyListItem).extend({
        asOf: day,
        knownOn: day.nullable(),
        inZone: z.int().describe('All agencies in the zone on that day, whatever was searched for.'),
        facets: z.object({ class: Facet, carrier: Facet, stage: Facet }),
      }),
    )
    .errors({ ...dayAhead, INVALID_CURSOR: refusal(400) }),

  download: get('/agencies.csv', {
    summary: 'The same list as CSV',
    allow: anyone,
    clauses: ['S203', 'S150'],
  })
    .input(search)
    .output(download)
    .errors(dayAhead),

  counts: get('/agencies/counts', {
    summary: 'How many agencies were in the zone at the end of each month',
    allow: anyone,
    clauses: ['S203', 'S202', 'S20'],
  })
    .input(z.object({ from: day.optional(), to: day.optional() }))
    .output(z.object({ items: z.array(z.object({ on: day, agencies: z.int() })) }))
    .errors({ ...dayAhead, SPAN_TOO_LONG: refusal(422, z.object({ years: z.int() })) }),

  get: get('/agencies/{code}', {
    summary: 'One agency, every field with its source and date, on any day',
    allow: anyone,
    clauses: ['S203', 'S149', 'S64', 'S202'],
  })
    .input(inCode.extend({ ...vantage, purpose: text(200).min(4).optional() }))
    .output(Agency)
    .errors({ ...unknownAgency, ...dayAhead }),

  stage: get('/agencies/{code}/stage', {
    summary: 'The lifecycle stage of an agency, with the numbers and the rule that lead to it',
    allow: anyone,
    clauses: ['S60', 'S59'],
  })
    .input(inCode.extend(vantage))
    .output(StageExplanation)
    .errors({ ...unknownAgency, ...dayAhead, NO_RULE: refusal(409, z.object({ asOf: day })) }),

  history: get('/agencies/{code}/history', {
    summary: 'Everything the register has ever held about an agency, corrections included',
    allow: anyone,
    clauses: ['S203', 'S202'],
  })
    .input(inCode.extend({ ...pageInput.shape, cursor: z.uuid().optional() }))
    .output(page(HistoryLine))
    .errors(unknownAgency),

  register: post('/agencies', {
    summary: 'Enter an agency into the register',
    allow: keepers,
    clauses: ['S203', 'S202'],
    status: 201,
  })
    .input(
      z.object({
        partyId: z.uuid(),
        ...provenance,
        validFrom: day,
        facts: FactValues.required({ name: true, classes: true }),
        stay: z.object({ carrier: text(60), unit, movedIn: day, reason }).optional(),
      }),
    )
    .output(z.object({ code: AgencyCode }))
    .errors({
      ...dayAhead,
      ...placeRefusals,
      ...unknownClass,
      UNKNOWN_PARTY: refusal(422, z.object({ partyId: z.uuid() })),
      ALREADY_REGISTERED: refusal(409, z.object({ code: AgencyCode })),
    }),

  correct: patch('/agencies/{code}', {
    summary: 'Write down or correct fields of an agency; what was believed before stays in its history',
    allow: keepers,
    clauses: ['S203'],
  })
    .input(
      inCode.extend({
        ...provenance,
        facts: FactValues.refine((facts) => Object.keys(facts).length > 0, 'at least one field'),
        validFrom: day,
        validTo: day
          .optional()
          .describe('The first day on which it no longer holds; until the next known change unless told.'),
        cause: reason.optional(),
      }),
    )
    .output(z.object({ code: AgencyCode }))
    .errors({
      ...unknownAgency,
      ...dayAhead,
      ...unknownClass,
      ENDS_BEFORE_IT_BEGINS: refusal(422, z.object({ validFrom: day, validTo: day })),
    }),

  move: post('/agencies/{code}/moves', {
    summary: 'Record that an agency moved in, or out',
    allow: keepers,
    clauses: ['S202', 'S56'],
    status: 201,
  })
    .input(
      inCode.extend({
        ...provenance,
        on: day,
        reason,
        move: z.discriminatedUnion('kind', [
          z.object({ kind: z.literal('in'), carrier: text(60), unit }),
          z.object({ kind: z.literal('out') }),
        ]),
      }),
    )
    .output(Stay)
    .errors({
      ...unknownAgency,
      ...dayAhead,
      ...placeRefusals,
      NOT_IN_ZONE: refusal(409, z.object({ on: day })),
    }),

  correctStay: patch('/agencies/{code}/stays/{stayId}', {
    summary: 'Correct the days, the place or the reasons of a stay; the earlier record stays in the history',
    allow: keepers,
    clauses: ['S202', 'S203'],
  })
    .input(
      inCode.extend({
        stayId: z.uuid(),
        ...provenance,
        cause: reason,
        carrier: text(60).optional(),
        unit: unit.optional(),
        movedIn: day.optional(),
        movedOut: day.nullable().optional(),
        reasonIn: reason.optional(),
        reasonOut: reason.nullable().optional(),
      }),
    )
    .output(Stay)
    .errors({
      ...unknownAgency,
      ...dayAhead,
      ...placeRefusals,
      UNKNOWN_STAY: refusal(404, z.object({ stayId: z.uuid() })),
      REASON_MISSING: refusal(422),
    }),

  ...placementOperations,
  ...exitOperations,
  ...returnOperations,
}
