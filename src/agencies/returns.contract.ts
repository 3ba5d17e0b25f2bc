import { z } from 'zod'
import { day, get, page, pageInput, post, put, refusal, text } from '#platform/contract.ts'
import { only } from '../identity/roles.ts'
import { Bilingual } from '../zone/words.rules.ts'
import { AgencyCode } from './facts.rules.ts'

const returnKeepers = only('officer', 'operator', 'statistician', 'agency')
const readers = only('officer', 'operator', 'statistician')

const purpose = text(200).min(4).optional()
const reason = text(500).min(2)
const PeriodName = z.string().regex(/^\d{4}(Q[1-4])?$/, 'a year (2025) or a quarter of it (2025Q3)')
const FieldCode = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
/** Up to 90 million million fen: what a number of JSON holds exactly. */
const amount = z.int().min(0)
const Answers = z.record(FieldCode, amount)
const Reasons = z.record(FieldCode, text(1000))

const inPeriod = z.object({ code: AgencyCode, period: PeriodName })
const PeriodState = z.enum(['not-open', 'due', 'late', 'filed', 'filed-late'])

const Finding = z.object({
  code: z.string(),
  kind: z.enum(['times-last-year', 'at-most', 'per', 'licences']),
  severity: z.enum(['refuse', 'explain', 'note']),
  names: Bilingual,
  fields: z.array(z.string()),
  value: z.number().nullable(),
  against: z.number().nullable(),
  limit: z.number().nullable(),
  side: z.enum(['above', 'below']),
})

const Explained = Finding.extend({ reason: z.string().nullable() })

const Period = z.object({
  period: PeriodName,
  periodFrom: day,
  /** The first day after the period. */
  periodTo: day,
  dueOn: day,
  state: PeriodState,
  filedOn: day.nullable(),
  /** How often what was filed has been revised. */
  revisions: z.int(),
})

const AgencyReturn = z.object({
  periodFrom: day,
  periodTo: day,
  revenueFen: z.int(),
  headcount: z.int(),
  filedOn: day,
  source: z.string(),
})

const Draft = z.object({
  version: z.int(),
  savedAt: z.iso.datetime({ offset: true }),
  savedBy: z.string(),
  answers: Answers,
  reasons: Reasons,
})

const Checked = z.object({
  missing: z.array(z.string()).describe('Fields of the form without an answer.'),
  findings: z.array(Finding),
})

const unknownAgency = { UNKNOWN_AGENCY: refusal(404, z.object({ code: z.string() })) }
const unknownPeriod = { UNKNOWN_PERIOD: refusal(404, z.object({ period: z.string() })) }

export const returnOperations = {
  mine: get('/my/agencies', {
    summary: 'The agencies of the register for which the caller acts',
    allow: only('agency'),
    clauses: ['S198', 'S56'],
  }).output(
    z.object({
      items: z.array(
        z.object({ code: AgencyCode, name: z.string(), partyId: z.uuid(), inZone: z.boolean() }),
      ),
    }),
  ),

  returns: get('/agencies/{code}/returns', {
    summary:
      'What an agency has reported; its revenue is plain for itself, and for statisticians who state a purpose',
    allow: returnKeepers,
    clauses: ['S198', 'S22', 'S23'],
  })
    .input(z.object({ code: AgencyCode, purpose }))
    .output(
      z.object({
        items: z.array(AgencyReturn.extend({ revenueFen: z.int().nullable(), masked: z.boolean() })),
      }),
    )
    .errors(unknownAgency),

  returnPeriods: get('/agencies/{code}/return-periods', {
    summary: 'The periods that an agency reports, each with its last day for filing and where it stands',
    allow: returnKeepers,
    clauses: ['S198', 'S22', 'S23'],
  })
    .input(z.object({ code: AgencyCode }))
    .output(z.object({ name: z.string(), items: z.array(Period.extend({ draft: z.boolean() })) }))
    .errors(unknownAgency),

  returnForm: get('/agencies/{code}/return-forms/{period}', {
    summary:
      'The form of a period for the classes of an agency, with its draft, what is filed and last year’s answers',
    allow: returnKeepers,
    clauses: ['S198', 'S22', 'S23', 'S21'],
  })
    .input(inPeriod.extend({ purpose }))
    .output(
      Period.extend({
        agency: z.object({ code: AgencyCode, name: z.string(), partyId: z.uuid() }),
        form: z.object({
          from: day,
          sample: z.boolean(),
          source: Bilingual,
          parts: z.array(
            z.object({
              code: z.string(),
              names: Bilingual,
              fields: z.array(
                z.object({
                  code: z.string(),
                  names: Bilingual,
                  hint: Bilingual.nullable(),
                  unit: z.enum(['fen', 'person', 'item']),
                }),
              ),
            }),
          ),
        }),
        masked: z
          .boolean()
          .describe('What was reported is confidential: neither it nor last year’s is given.'),
        answers: Answers.nullable(),
        lastYear: Answers.nullable(),
        explained: z.array(Explained),
        draft: Draft.nullable(),
      }),
    )
    .errors({ ...unknownAgency, ...unknownPeriod }),

  saveReturnDraft: put('/agencies/{code}/return-drafts/{period}', {
    summary: 'Keep what has been typed so far; the agency and the office each have a draft of their own',
    allow: returnKeepers,
    clauses: ['S198'],
    unauditedBecause: 'a draft is nobody’s act yet',
  })
    .input(
      inPeriod.extend({
        answers: Answers,
        reasons: Reasons,
        basedOn: z.int().min(0).describe('The version that was typed upon; 0 where there was no draft.'),
      }),
    )
    .output(z.object({ version: z.int(), savedAt: z.iso.datetime({ offset: true }) }))
    .errors({ ...unknownAgency, ...unknownPeriod, DRAFT_CHANGED: refusal(409, Draft) }),

  checkReturn: post('/agencies/{code}/return-checks/{period}', {
    summary: 'What the cross-checks would find in a return, without filing it',
    allow: returnKeepers,
    clauses: ['S198', 'S21', 'S22', 'S23'],
    unauditedBecause: 'a check changes nothing',
  })
    .input(inPeriod.extend({ answers: Answers }))
    .output(Checked)
    .errors({ ...unknownAgency, ...unknownPeriod }),

  fileReturn: post('/agencies/{code}/returns', {
    summary: 'File the return of a period, or revise it with a cause',
    allow: returnKeepers,
    clauses: ['S198', 'S22', 'S23', 'S21'],
    status: 201,
  })
    .input(
      z.object({
        code: AgencyCode,
        source: text(300).min(2),
        periodFrom: day,
        periodTo: day.describe('The first day after the period.'),
        revenueFen: amount,
        headcount: amount.max(1_000_000),
        answers: Answers.default({}).describe('The answers to the other fields of the form, by their code.'),
        reasons: Reasons.default({}).describe('A reason for each finding that asks for one, by its code.'),
        cause: reason.optional(),
      }),
    )
    .output(AgencyReturn)
    .errors({
      ...unknownAgency,
      PERIOD_UNFIT: refusal(422, z.object({ periodFrom: day, periodTo: day })),
      PERIOD_NOT_OVER: refusal(422, z.object({ periodTo: day, today: day })),
      PERIOD_ALREADY_REPORTED: refusal(409, z.object({ periodFrom: day, periodTo: day })),
      CAUSE_MISSING: refusal(422, z.object({ periodFrom: day, periodTo: day })),
      FIELDS_MISSING: refusal(422, z.object({ fields: z.array(z.string()) })),
      FIELDS_UNKNOWN: refusal(422, z.object({ fields: z.array(z.string()) })),
      RETURN_REFUSED: refusal(422, z.object({ findings: z.array(Finding) })),
      REASON_NEEDED: refusal(422, z.object({ findings: z.array(Finding) })),
    }),

  returnHistory: get('/agencies/{code}/return-history/{period}', {
    summary: 'Every state of the return of a period, newest first, with the cause of each revision',
    allow: returnKeepers,
    clauses: ['S198'],
  })
    .input(inPeriod.extend({ purpose }))
    .output(
      z.object({
        masked: z.boolean(),
        items: z.array(
          z.object({
            id: z.uuid(),
            recordedAt: z.iso.datetime({ offset: true }),
            supersededAt: z.iso.datetime({ offset: true }).nullable(),
            source: z.string(),
            cause: z.string().nullable(),
            answers: Answers.nullable(),
            /** Null where it is confidential what was explained; `explanations` still says how many. */
            explained: z.array(Explained).nullable(),
            explanations: z.int(),
          }),
        ),
      }),
    )
    .errors({ ...unknownAgency, ...unknownPeriod }),

  returnDesk: get('/returns', {
    summary: 'Who has filed the return of a period, who is late, what was explained and revised',
    allow: readers,
    clauses: ['S198', 'S22', 'S23'],
  })
    .input(
      pageInput.extend({
        period: PeriodName.optional().describe('The latest that is due unless told.'),
        state: z.union([PeriodState, z.array(PeriodState)]).optional(),
        cursor: AgencyCode.optional(),
      }),
    )
    .output(
      page(
        Period.omit({ period: true }).extend({
          code: AgencyCode,
          name: z.string(),
          explanations: z.int(),
          reminders: z.int(),
          remindedOn: day.nullable(),
        }),
      ).extend({
        period: PeriodName.nullable(),
        periods: z.array(PeriodName).describe('Every period that some agency reports, newest first.'),
        counts: z.record(PeriodState, z.int()),
        explained: z.int(),
        revised: z.int(),
      }),
    ),
}
