import { z } from 'zod'
import { anyone, day, get, page, pageInput, post, refusal, text } from '#platform/contract.ts'
import { only } from '../identity/roles.ts'
import { CRITERION_NAMES } from './rules.ts'

const clauses = ['S46', 'S116']
const keepers = only('officer', 'operator')
const counters = only('officer', 'statistician')
const reason = text(2000).min(2)
const source = text(300).min(2)
const Criterion = z.enum(CRITERION_NAMES)

const Reason = z.object({
  criterion: Criterion,
  holdsFrom: day,
  holdsTo: day.nullable(),
  evidence: z.string(),
  source: z.string(),
  endReason: z.string().nullable(),
})

const Item = z.object({
  patentNumber: z.string(),
  title: z.string(),
  ownerId: z.uuid(),
  ownerName: z.string(),
  filedOn: day,
  grantedOn: day,
  lapsedOn: day.nullable(),
  criteria: z.array(Criterion).describe('Those that hold on the day.'),
})

const Population = z.object({
  residents: z.int(),
  countedOn: day,
  version: z.string(),
  publishedOn: day,
  source: z.string(),
})

/** One of the five criteria as it applies to one patent on one day. */
const Finding = z.object({
  criterion: Criterion,
  holds: z.boolean(),
  reasons: z.array(Reason).describe('Every time it was found to hold, the past ones included.'),
})

const dayAhead = { DAY_AHEAD: refusal(422, z.object({ field: z.string(), today: day })) }
const unknownPatent = { UNKNOWN_PATENT: refusal(404, z.object({ patentNumber: z.string() })) }
const patentNumber = z.string().min(1).max(60)

export const highValue = {
  list: get('/high-value', {
    summary: 'High-value inventions by criterion, and the row of the population they are divided by',
    allow: anyone,
    clauses,
  })
    .input(
      z.object({
        asOf: day.optional(),
        criterion: Criterion.optional(),
        q: text(100).optional().describe('A part of the title, the owner or the number.'),
        ...pageInput.shape,
      }),
    )
    .output(
      page(Item).extend({
        asOf: day,
        inventions: z.int().describe('All that count on the day, each once, whatever was searched for.'),
        byCriterion: z.record(Criterion, z.int()).describe('One invention may meet several.'),
        population: Population.nullable().describe('The one last published by the day.'),
        perTenThousand: z.number().nullable(),
      }),
    )
    .errors({ ...dayAhead, INVALID_CURSOR: refusal(400) }),

  populations: get('/high-value/populations', {
    summary: 'Every version of the resident population, and which one is used on a day',
    allow: anyone,
    clauses,
  })
    .input(z.object({ asOf: day.optional() }))
    .output(
      z.object({
        asOf: day,
        items: z.array(Population.extend({ used: z.boolean(), perTenThousand: z.number().nullable() })),
      }),
    )
    .errors(dayAhead),

  addPopulation: post('/high-value/populations', {
    summary: 'Enter a published count of residents as a version of its own; the earlier ones stay',
    allow: counters,
    clauses,
    status: 201,
  })
    .input(
      z.object({
        residents: z.int().positive().max(10_000_000_000),
        countedOn: day,
        version: text(60).min(1),
        publishedOn: day,
        source,
      }),
    )
    .output(Population)
    .errors({
      ...dayAhead,
      VERSION_TAKEN: refusal(409, z.object({ countedOn: day, version: z.string() })),
      PUBLISHED_BEFORE_COUNTED: refusal(422, z.object({ field: z.string() })),
    }),

  get: get('/high-value/{patentNumber}', {
    summary: 'Why an invention counts as high-value, or why it does not: the five criteria one by one',
    allow: anyone,
    clauses,
  })
    .input(z.object({ patentNumber, asOf: day.optional() }))
    .output(
      Item.extend({
        asOf: day,
        inForce: z.boolean(),
        counted: z.boolean(),
        yearsSinceFiling: z.int(),
        source: z.string(),
        findings: z.array(Finding).length(CRITERION_NAMES.length),
      }),
    )
    .errors({ ...unknownPatent, ...dayAhead }),

  find: post('/high-value/{patentNumber}/criteria', {
    summary: 'Record that an invention meets a criterion, with the evidence',
    allow: keepers,
    clauses,
    status: 201,
  })
    .input(z.object({ patentNumber, criterion: Criterion, holdsFrom: day, evidence: reason, source }))
    .output(z.object({ patentNumber: z.string() }))
    .errors({
      ...unknownPatent,
      ...dayAhead,
      ALREADY_FOUND: refusal(409),
      NOT_LONG_ENOUGH: refusal(422, z.object({ field: z.string(), from: day })),
    }),

  end: post('/high-value/{patentNumber}/criteria/end', {
    summary: 'Record that an invention no longer meets a criterion, with the reason',
    allow: keepers,
    clauses,
  })
    .input(z.object({ patentNumber, criterion: Criterion, holdsTo: day, reason }))
    .output(z.object({ patentNumber: z.string() }))
    .errors({
      ...unknownPatent,
      ...dayAhead,
      DOES_NOT_HOLD: refusal(409),
      ENDS_BEFORE_IT_BEGINS: refusal(422, z.object({ field: z.string() })),
    }),
}
