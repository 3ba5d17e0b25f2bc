import { z } from 'zod'
import { day, get, page, pageInput, post, refusal, signedIn } from '#platform/contract.ts'
import { only } from '../identity/roles.ts'
import { Basis, MatterNumber, moment, Term, unknownMatter, Words } from './schemas.contract.ts'

export const ClockStep = z.object({
  date: day,
  count: z.int().optional(),
  reason: z.enum([
    'start',
    'workday',
    'makeUpWorkday',
    'weekend',
    'holiday',
    'calendarDay',
    'correspondingDay',
    'endOfMonth',
    'movedToWorkingDay',
    'paused',
    'pauseAdded',
  ]),
  holiday: z.string().optional(),
  /** True where no announcement covers the year and weekends alone were taken off. */
  unknownYear: z.literal(true).optional(),
  /** Days that pauses add to a term of months or calendar days. */
  days: z.int().optional(),
})

export const ClockView = z.object({
  code: z.string(),
  names: Words,
  owner: z.enum(['office', 'applicant']),
  term: Term,
  basis: Basis,
  status: z.enum(['running', 'paused', 'stopped']),
  startedOn: day,
  due: day.nullable(),
  stoppedOn: day.nullable(),
  late: z.boolean(),
  daysLate: z.int(),
  pauses: z.array(z.object({ from: day, to: day.nullable(), because: z.string() })),
  /** Counted without an announced calendar for a year it reaches: the day may still move. */
  provisional: z.boolean(),
  /** Every day from the start to the due day, with why it counts or does not. */
  derivation: z.array(ClockStep),
  calendars: z.array(z.object({ year: z.int(), source: z.string(), version: z.string() })),
  moves: z.array(z.object({ at: moment, before: day, after: day, calendar: z.string() })),
  /** What the system does when it runs out, where a rule says so. */
  onExpiry: Words.nullable(),
})

const Recount = z.object({
  id: z.uuid(),
  at: moment,
  calendarBefore: z.string().nullable(),
  calendarAfter: z.string(),
  clocks: z.int(),
  moved: z.int(),
  digest: z.string(),
})

export const clockOperations = {
  clocks: get('/matters/{number}/clocks', {
    summary: 'Every clock of a matter, day by day',
    allow: signedIn,
    clauses: ['S80', 'S82'],
  })
    .input(z.object({ number: MatterNumber }))
    .output(z.object({ items: z.array(ClockView) }))
    .errors(unknownMatter),

  recounts: get('/clocks/recounts', {
    summary: 'Each time the calendar changed: how many open clocks were counted again, and how many moved',
    allow: only('officer', 'operator', 'leader', 'auditor', 'administrator'),
    clauses: ['S80', 'S82'],
  })
    .input(pageInput)
    .output(page(Recount))
    .errors({ INVALID_CURSOR: refusal(400) }),

  recount: post('/clocks/recounts', {
    summary:
      'Count the open clocks with the calendar in force now; the worker does it by itself within a minute',
    allow: only('administrator'),
    clauses: ['S80', 'S82'],
  }).output(z.object({ recount: Recount.nullable().describe('Null where the calendar had not changed.') })),
}
