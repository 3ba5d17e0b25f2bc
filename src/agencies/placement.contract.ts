import { z } from 'zod'
import { anyone, day, get, post, refusal, text } from '#platform/contract.ts'
import { only } from '../identity/roles.ts'
import { Stage } from '../zone/place.rules.ts'

const StageNumber = z.object({
  stage: Stage,
  fact: z.enum(['yearsSinceFounding', 'annualRevenueFen', 'staff', 'attorneys']),
  atLeast: z.number(),
  value: z.number().nullable(),
  met: z.boolean().nullable(),
})

const fits = { fits: z.boolean(), points: z.int() }
const Reason = z.discriminatedUnion('rule', [
  z.object({ rule: z.literal('stage'), ...fits, stage: Stage, takes: Stage }),
  z.object({
    rule: z.literal('industry'),
    ...fits,
    shared: z.array(z.string()),
    park: z.array(z.string()),
  }),
  z.object({
    rule: z.literal('size'),
    ...fits,
    neededSquareMetres: z.number(),
    units: z.array(z.string()),
    offeredSquareMetres: z.number(),
  }),
])

const VacantUnit = z.object({
  id: z.string(),
  number: z.string(),
  building: z.string(),
  floor: z.string(),
  carrier: z.string(),
  use: z.string(),
  areaSquareMetres: z.number(),
})

export const Advice = z.object({
  asOf: day,
  stage: Stage,
  stageRule: day,
  placementRule: day,
  sample: z.boolean(),
  certain: z.boolean(),
  numbers: z.array(StageNumber),
  industries: z.array(z.string()),
  staff: z.int(),
  squareMetresPerPerson: z.number(),
  carrier: z.string(),
  units: z.array(z.string()),
  /** No carrier has room, so that the agency would have to wait. */
  waiting: z.boolean(),
  carriers: z.array(
    z.object({ carrier: z.string(), points: z.int(), open: z.boolean(), reasons: z.array(Reason) }),
  ),
  vacancies: z.array(VacantUnit),
})

export const placementOperations = {
  placement: post('/placement', {
    summary: 'Where an agency of these numbers would be placed today, by which rules; nothing is kept',
    allow: anyone,
    clauses: ['S59', 'S60'],
    unauditedBecause: 'a computation that keeps nothing',
  })
    .input(
      z.object({
        foundedOn: day,
        annualRevenueFen: z.int().min(0).nullable().default(null),
        staff: z.int().min(1).max(100_000),
        attorneys: z.int().min(0).max(100_000).nullable().default(null),
        industries: z.array(text(60).min(1)).max(60),
      }),
    )
    .output(Advice)
    .errors({ DAY_AHEAD: refusal(422, z.object({ field: z.string(), today: day })), NO_RULE: refusal(409) }),

  placementAdvice: get('/placement-advice/{matter}', {
    summary: 'The placement advice on an application, and whether it comes out the same when computed again',
    allow: only('agency', 'enterprise', 'university', 'bank', 'officer', 'operator', 'leader', 'auditor'),
    clauses: ['S59', 'S60', 'S202'],
  })
    .input(z.object({ matter: text(40).min(1) }))
    .output(Advice.extend({ matter: z.string(), madeOn: day, replayed: z.boolean() }))
    .errors({ NO_ADVICE: refusal(404) }),
}
