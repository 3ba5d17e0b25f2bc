import { z } from 'zod'
import { anyone, day, download, get, page, pageInput, post, refusal, text } from '#platform/contract.ts'
import { only } from '../identity/roles.ts'
import { ClockView } from '../matters/contract.ts'
import { MEASURES, Scheme } from '../zone/appraisal.rules.ts'

const keepers = only('officer')
const Year = z.coerce.number().int().min(2000).max(2100)
const Measure = z.enum(MEASURES)
const Words = z.object({ zh: z.string(), en: z.string() })
const State = z.enum(['open', 'computed', 'publicity', 'closed'])
const Verdict = z.enum(['excellent', 'excluded', 'below', 'beyond', 'tied'])
const digest = z.string().describe('SHA-256, hexadecimal.')

const ItemScore = z.object({
  code: z.string(),
  count: z.int().describe('Records that count.'),
  of: z.int().describe('Records that were looked at.'),
  points: z.int().describe('Hundredths of a point; negative where deducted.'),
})

const Result = z.object({
  code: z.string(),
  name: z.string(),
  classCode: z.string(),
  items: z.array(ItemScore),
  total: z.int().describe('Hundredths of a point.'),
  rank: z.int().describe('Within the class; agencies equal in everything share it.'),
  vetoes: z.array(z.string()),
  verdict: Verdict,
  digest,
})

const Edition = z.object({
  edition: z.int(),
  computedBy: z.string(),
  computedAt: z.string(),
  cause: z.string().nullable(),
  digest,
})

const Publicity = z.object({
  number: z.string(),
  open: z.boolean(),
  clock: ClockView.nullable(),
  objections: z.array(
    z.object({
      filedAt: z.string(),
      decidedAt: z.string().nullable(),
      upheld: z.boolean().nullable(),
      decision: z.string().nullable(),
    }),
  ),
})

const RoundSummary = z.object({
  year: z.int(),
  state: State,
  scheme: z.object({ code: z.string(), version: z.int(), names: Words, sample: z.boolean() }),
  cutoffOn: day,
  agencies: z.int().describe('How many were appraised; 0 where results are not public yet.'),
  excellent: z.int(),
  closedAt: z.string().nullable(),
})

const Round = RoundSummary.omit({ scheme: true }).extend({
  scheme: Scheme,
  zoneVersion: z.string(),
  version: z.int(),
  openedBy: z.string(),
  openedAt: z.string(),
  editions: z.array(Edition),
  results: z.array(Result),
  publicity: Publicity.nullable(),
  files: z.array(
    z.object({
      language: z.enum(['zh', 'en']),
      sha256: digest,
      bytes: z.int(),
      entryId: z.string(),
      url: z.string(),
      proofUrl: z.string(),
    }),
  ),
})

const AgencyAppraisal = z.object({
  year: z.int(),
  state: State,
  scheme: Scheme,
  result: Result,
  of: z.int().describe('How many agencies its class has.'),
  edition: Edition,
  cutoffOn: day,
  mine: z.boolean().describe('True for the agency itself and for staff: they see every record by its name.'),
})

const CountedRecord = z.object({
  id: z.string(),
  label: z.string().nullable().describe('Null where it would name somebody to whom it is not shown.'),
  on: day,
  counts: z.boolean(),
})

const Difference = z.object({
  code: z.string(),
  measure: Measure,
  before: ItemScore,
  after: ItemScore,
  changes: z.array(
    z.object({
      record: CountedRecord,
      kind: z.enum(['added', 'gone', 'counted', 'uncounted']),
      cause: z.object({
        kind: z.enum(['recorded-later', 'ended', 'state-changed', 'not-there']),
        on: day.nullable(),
        words: z.string().nullable(),
      }),
    }),
  ),
})

const year = z.object({ year: Year })
const acting = year.extend({ version: z.int().min(1) })
const ofAgency = year.extend({ code: text(40).min(1) })
const unknownRound = { UNKNOWN_ROUND: refusal(404) }
const unknownResult = { ...unknownRound, NOT_APPRAISED: refusal(404) }
const stale = {
  CHANGED_MEANWHILE: refusal(409, z.object({ version: z.int() })),
  NOT_NOW: refusal(409, z.object({ state: State })),
}
const objectionsOpen = { OBJECTIONS_OPEN: refusal(409, z.object({ open: z.int() })) }
const clauses = ['S199', 'S200', 'S201'] as const

export const appraisal = {
  criteria: get('/appraisals/criteria', {
    summary: 'The standards by which agencies are appraised, every version with its days',
    allow: anyone,
    clauses: ['S199', 'S201'],
  }).output(z.object({ note: Words, schemes: z.array(Scheme) })),

  rounds: get('/appraisals', {
    summary: 'The yearly rounds, latest first; results are counted once they are public',
    allow: anyone,
    clauses,
  }).output(z.object({ total: z.int(), items: z.array(RoundSummary) })),

  round: get('/appraisals/{year}', {
    summary:
      'One round: its frozen criteria, every computation, the list with scores, and how the publicity stands',
    allow: anyone,
    clauses,
  })
    .input(year)
    .output(Round)
    .errors(unknownRound),

  agency: get('/appraisals/{year}/agencies/{code}', {
    summary: 'The score of one agency, item by item',
    allow: anyone,
    clauses,
  })
    .input(ofAgency)
    .output(AgencyAppraisal)
    .errors(unknownResult),

  records: get('/appraisals/{year}/agencies/{code}/records', {
    summary: 'The records that one measure counted of an agency, as stored with the score',
    allow: anyone,
    clauses: ['S200'],
  })
    .input(ofAgency.extend({ measure: Measure, ...pageInput.shape }))
    .output(page(CountedRecord))
    .errors({ ...unknownResult, INVALID_CURSOR: refusal(400) }),

  recompute: get('/appraisals/{year}/agencies/{code}/recomputation', {
    summary:
      'Compute a score again: from the stored records, and from the records as they stand today, with every difference',
    allow: anyone,
    clauses: ['S200'],
  })
    .input(ofAgency)
    .output(
      z.object({
        /** From the stored records: the same function must give the same points. */
        replayed: z.object({ total: z.int(), digest, same: z.boolean() }),
        on: day,
        /** Null where the register no longer has the agency in the zone at the end of that year. */
        today: z
          .object({ total: z.int(), items: z.array(ItemScore), vetoes: z.array(z.string()) })
          .nullable(),
        differences: z.array(Difference),
      }),
    )
    .errors(unknownResult),

  ofAgency: get('/agencies/{code}/appraisals', {
    summary: 'What an agency scored in each public round',
    allow: anyone,
    clauses: ['S200'],
  })
    .input(z.object({ code: text(40).min(1) }))
    .output(
      z.object({
        items: z.array(
          z.object({ year: z.int(), state: State, total: z.int(), rank: z.int(), verdict: Verdict }),
        ),
      }),
    ),

  open: post('/appraisals', {
    summary:
      'Open the round of a year with the criteria in force at its end and the day that closes the records',
    allow: keepers,
    clauses,
    status: 201,
  })
    .input(z.object({ year: Year, cutoffOn: day }))
    .output(z.object({ year: z.int(), version: z.int() }))
    .errors({
      ROUND_EXISTS: refusal(409),
      NO_CRITERIA: refusal(409),
      CUTOFF_IN_YEAR: refusal(422, z.object({ after: day })),
    }),

  compute: post('/appraisals/{year}/computation', {
    summary: 'Compute every score from the records; again, with the cause, as a further edition',
    description: 'During the publicity it needs all objections decided, and the publicity begins anew.',
    allow: keepers,
    clauses,
  })
    .input(acting.extend({ cause: text(500).min(5).nullable().default(null) }))
    .output(z.object({ version: z.int(), edition: z.int(), agencies: z.int(), digest }))
    .errors({
      ...unknownRound,
      ...stale,
      ...objectionsOpen,
      CUTOFF_AHEAD: refusal(409, z.object({ cutoffOn: day })),
      CAUSE_NEEDED: refusal(422),
      NOBODY_TO_APPRAISE: refusal(409),
    }),

  publish: post('/appraisals/{year}/publicity', {
    summary: 'Make the proposed list public; the objection period begins',
    allow: keepers,
    clauses,
  })
    .input(acting)
    .output(z.object({ version: z.int(), number: z.string() }))
    .errors({ ...unknownRound, ...stale, NO_STATION: refusal(409) }),

  close: post('/appraisals/{year}/closing', {
    summary:
      'Publish the final list with its document and proof, once the period is over and every objection decided',
    allow: keepers,
    clauses,
  })
    .input(acting)
    .output(z.object({ version: z.int() }))
    .errors({
      ...unknownRound,
      ...stale,
      ...objectionsOpen,
      PUBLICITY_RUNS: refusal(409, z.object({ until: day.nullable() })),
    }),

  file: get('/appraisals/{year}/file', {
    summary: 'The final list as PDF, as published',
    allow: anyone,
    clauses: ['S201'],
  })
    .input(year.extend({ language: z.enum(['zh', 'en']).default('zh') }))
    .output(download)
    .errors(unknownRound),
}
