import { z } from 'zod'
import { anyone, day, get, page, pageInput, patch, post, put, refusal, text } from '#platform/contract.ts'
import { only } from '../identity/roles.ts'
import { IDENTIFIER_SCHEMES, ORGANISATION_SCHEMES } from './identifiers.rules.ts'
import { ALIAS_KINDS, STANDING_NAMES } from './rules.ts'

const keepers = only('officer', 'operator')
/** Joining two records into one changes what every figure counts: an office decides it, others may look. */
const mergers = only('officer')
const reviewers = only('officer', 'operator', 'auditor', 'statistician')

const name = text(300).min(1)
const reason = text(1000).min(2)
const source = text(300).min(2)
const regionCode = z.string().regex(/^\d{6}$/)
const industryCode = z.string().regex(/^[A-Z]\d{0,4}$/)
const country = z.string().regex(/^[A-Z]{2}$/)
const StandingName = z.enum(STANDING_NAMES)

const override = z
  .object({ reason })
  .optional()
  .describe(
    'Codes are in use whose check digit fails; such a code is entered with the reason for trusting it, on record.',
  )

const Identifier = z.object({
  scheme: z.enum(IDENTIFIER_SCHEMES),
  country,
  value: z.string().describe('Masked where it names a natural person.'),
  overridden: z.boolean(),
})

const Term = z.object({
  standing: StandingName,
  validFrom: day,
  validTo: day.nullable().describe('The first day on which it no longer holds.'),
  certificateNumber: z.string().nullable(),
  source: z.string(),
})

const PartyListItem = z.object({
  id: z.uuid(),
  kind: z.enum(['organisation', 'person']),
  name: z.string(),
  nameEn: z.string().nullable(),
  creditCode: z.string().nullable(),
  country,
  regionCode: z.string().nullable(),
  industryCode: z.string().nullable(),
  standings: z.array(StandingName),
})

export const Party = z.object({
  id: z.uuid(),
  askedFor: z
    .uuid()
    .describe('The id that was asked for: another one when that record was merged into this.'),
  kind: z.enum(['organisation', 'person']),
  asOf: day,
  name: z.string(),
  nameEn: z.string().nullable(),
  creditCode: z.string().nullable(),
  creditCodeOverridden: z.boolean(),
  country,
  regionCode: z.string().nullable(),
  industryCode: z.string().nullable(),
  address: z.string().nullable(),
  source: z.string(),
  since: day,
  version: z.int(),
  updatedAt: z.iso.datetime({ offset: true }),
  aliases: z.array(z.object({ kind: z.enum(ALIAS_KINDS), name: z.string(), source: z.string() })),
  identifiers: z.array(Identifier),
  standings: z.array(Term.extend({ inForce: z.boolean() })),
  revealed: z.array(z.string()).describe('Personal fields that came out plain; the reading is on record.'),
})

const PartyState = z.object({
  validFrom: day,
  validTo: day.nullable(),
  name: z.string(),
  nameEn: z.string().nullable(),
  regionCode: z.string().nullable(),
  industryCode: z.string().nullable(),
  address: z.string().nullable(),
  source: z.string(),
})

const Side = z.object({
  id: z.uuid(),
  name: z.string(),
  nameEn: z.string().nullable(),
  creditCode: z.string().nullable(),
  country,
  regionCode: z.string().nullable(),
  industryCode: z.string().nullable(),
  address: z.string().nullable(),
  source: z.string(),
  recordedAt: z.iso.datetime({ offset: true }),
  aliases: z.array(z.string()),
  identifiers: z.array(Identifier),
  standings: z.array(Term),
})

const Obstacle = z.enum([
  'SAME_PARTY',
  'DIFFERENT_KINDS',
  'DIFFERENT_CODES',
  'CODE_MUST_SURVIVE',
  'ALREADY_MERGED',
])

export const Candidate = z.object({
  id: z.string(),
  sharedName: z.string(),
  first: Side,
  second: Side,
  /** Why the second cannot be merged into the first, and the other way round; null where it can. */
  obstacle: Obstacle.nullable(),
  obstacleReversed: Obstacle.nullable(),
})

export const Merge = z.object({
  id: z.uuid(),
  survivorId: z.uuid(),
  survivorName: z.string(),
  absorbedId: z.uuid(),
  absorbedName: z.string(),
  reason: z.string(),
  evidence: z.object({ survivor: Side, absorbed: Side }),
  mergedAt: z.iso.datetime({ offset: true }),
  undoneAt: z.iso.datetime({ offset: true }).nullable(),
  undoReason: z.string().nullable(),
})

const unknownParty = { UNKNOWN_PARTY: refusal(404, z.object({ id: z.string() })) }
const codeRefusals = {
  CODE_NOT_VALID: refusal(
    422,
    z.object({
      field: z.string(),
      value: z.string(),
      reason: z.string(),
      expectedCheck: z.string().nullable(),
      mayOverride: z.boolean(),
    }),
  ),
  OVERRIDE_NEEDS_OFFICER: refusal(403),
  CODE_TAKEN: refusal(409, z.object({ id: z.uuid(), name: z.string() })),
}
const changeRefusals = {
  ...unknownParty,
  CHANGED: refusal(409, z.object({ version: z.int() })),
  MERGED: refusal(409, z.object({ survivorId: z.uuid() })),
  OUT_OF_ORDER: refusal(422, z.object({ from: day, to: day })),
}

const identifierInput = z.object({
  scheme: z.enum(ORGANISATION_SCHEMES),
  value: text(60).min(1),
  country: country.optional(),
  override,
})
const termInput = z.object({
  standing: StandingName,
  validFrom: day,
  validTo: day.optional(),
  certificateNumber: text(100).min(1).optional(),
})

export const parties = {
  list: get('/parties', {
    summary: 'Organisations; people for staff only',
    allow: anyone,
    clauses: ['S203'],
  })
    .input(
      z.object({
        q: text(100).min(1).optional().describe('A part of a name, a former name, or a whole code.'),
        kind: z.enum(['organisation', 'person']).default('organisation'),
        standing: StandingName.optional(),
        regionCode: regionCode.optional(),
        ...pageInput.shape,
      }),
    )
    .output(page(PartyListItem).extend({ asOf: day }))
    .errors({ PEOPLE_NOT_PUBLIC: refusal(403), INVALID_CURSOR: refusal(400) }),

  candidates: get('/parties/candidates', {
    summary: 'Pairs of records that may be one organisation, side by side',
    allow: reviewers,
    clauses: ['S203', 'S134'],
  })
    .input(pageInput.pick({ limit: true }))
    .output(z.object({ total: z.int(), items: z.array(Candidate) })),

  merges: get('/parties/merges', {
    summary: 'Merges, with the evidence on which they were decided, and which were undone',
    allow: reviewers,
    clauses: ['S134'],
  })
    .input(pageInput.pick({ limit: true }))
    .output(z.object({ total: z.int(), items: z.array(Merge) })),

  get: get('/parties/{id}', {
    summary: 'One party on any day, with its standings',
    allow: anyone,
    clauses: ['S203'],
  })
    .input(z.object({ id: z.uuid(), asOf: day.optional(), purpose: text(200).min(4).optional() }))
    .output(Party)
    .errors({
      ...unknownParty,
      NOT_YET_RECORDED: refusal(404, z.object({ since: day })),
      DAY_AHEAD: refusal(422, z.object({ field: z.string(), today: day })),
    }),

  history: get('/parties/{id}/history', {
    summary: 'Every state of a party, from its first day on',
    allow: anyone,
    clauses: ['S203'],
  })
    .input(z.object({ id: z.uuid() }))
    .output(z.object({ items: z.array(PartyState) }))
    .errors(unknownParty),

  create: post('/parties', {
    summary: 'Enter an organisation',
    allow: keepers,
    clauses: ['S203'],
    status: 201,
  })
    .input(
      z.object({
        name,
        nameEn: name.optional(),
        creditCode: text(40).min(1).optional(),
        override,
        country: country.optional(),
        regionCode: regionCode.optional(),
        industryCode: industryCode.optional(),
        address: text(500).min(1).optional(),
        identifiers: z.array(identifierInput).max(20).default([]),
        since: day.optional().describe('Since when the record holds; today unless told.'),
        source,
      }),
    )
    .output(Party)
    .errors({ ...codeRefusals, DAY_AHEAD: refusal(422, z.object({ field: z.string(), today: day })) }),

  createPerson: post('/parties/people', {
    summary: 'Enter a person; an identity number is kept masked and as a keyed digest only',
    allow: keepers,
    clauses: ['S72'],
    status: 201,
  })
    .input(
      z.object({
        name,
        nameEn: name.optional(),
        residentId: text(40).min(1).optional(),
        regionCode: regionCode.optional(),
        source,
      }),
    )
    .output(Party)
    .errors(codeRefusals),

  update: patch('/parties/{id}', {
    summary: 'Change an organisation from a day on; what was stays',
    allow: keepers,
    clauses: ['S203'],
  })
    .input(
      z.object({
        id: z.uuid(),
        version: z.int().describe('The version that was looked at; a change meanwhile is refused.'),
        name: name.optional(),
        nameEn: name.optional(),
        regionCode: regionCode.optional(),
        industryCode: industryCode.optional(),
        address: text(500).min(1).optional(),
        creditCode: text(40).min(1).optional().describe('Only where there is none yet.'),
        override,
        from: day.optional().describe('Since when it is so; today unless told.'),
        source,
      }),
    )
    .output(Party)
    .errors({
      ...changeRefusals,
      ...codeRefusals,
      CODE_CANNOT_CHANGE: refusal(409, z.object({ creditCode: z.string() })),
    }),

  putStanding: put('/parties/{id}/standings', {
    summary: 'Record the term of a standing, or correct its end',
    allow: keepers,
    clauses: ['S203'],
  })
    .input(termInput.extend({ id: z.uuid(), source }))
    .output(Party)
    .errors(changeRefusals),

  keepApart: post('/parties/candidates/apart', {
    summary: 'Two records that were looked at and are two parties',
    allow: mergers,
    clauses: ['S134'],
  })
    .input(z.object({ firstId: z.uuid(), secondId: z.uuid(), reason }))
    .output(z.object({ firstId: z.uuid(), secondId: z.uuid() }))
    .errors(unknownParty),

  merge: post('/parties/merges', {
    summary: 'Let one record speak for another, on evidence',
    allow: mergers,
    clauses: ['S134'],
    status: 201,
  })
    .input(z.object({ survivorId: z.uuid(), absorbedId: z.uuid(), reason }))
    .output(Merge)
    .errors({ ...unknownParty, CANNOT_MERGE: refusal(409, z.object({ obstacle: Obstacle })) }),

  undoMerge: post('/parties/merges/{id}/undo', {
    summary: 'Undo a merge: both records are what they were',
    allow: mergers,
    clauses: ['S134'],
  })
    .input(z.object({ id: z.uuid(), reason }))
    .output(Merge)
    .errors({ UNKNOWN_MERGE: refusal(404), ALREADY_UNDONE: refusal(409) }),
}
