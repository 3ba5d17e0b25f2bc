import { z } from 'zod'
import { anyone, day, get, page, pageInput, post, refusal, signedIn, text } from '#platform/contract.ts'

export const clauses = ['S27', 'S79']
const Words = z.object({ zh: z.string(), en: z.string() })
const moment = z.iso.datetime({ offset: true })
export const Code = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .max(60)
export const Number = z.string().regex(/^B\d{4}-\d{6,9}$/)
export const Clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
export const Language = z.enum(['zh', 'en'])
export const Kind = z.enum(['person', 'room'])
const State = z.enum(['held', 'kept', 'missed', 'cancelled', 'freed', 'moved'])
export const Named = z.object({ code: z.string(), names: Words })
const Slot = z.object({ day, from: z.string(), to: z.string() })
export const seats = z.coerce.number().int().min(1).max(500)

/** Hours of duty on one weekday: 1 (Monday) to 7 (Sunday). */
export const DutyHours = z.object({ weekday: z.int().min(1).max(7), from: Clock, to: Clock })

const Candidate = z.object({
  id: z.uuid(),
  name: z.string(),
  skills: z.array(z.string()),
  languages: z.array(z.string()),
  seats: z.int().nullable(),
  onDuty: z.boolean(),
  absent: z.boolean(),
  busy: z.boolean(),
  count: z.int(),
  lastAt: moment.nullable(),
})

export const Booking = z.object({
  number: Number,
  kind: Kind,
  station: Named,
  subject: Named,
  language: z.string(),
  day,
  from: z.string(),
  to: z.string(),
  state: State,
  with: z.string().describe('Who will see the visitor, or which room it is.'),
  note: z.string().nullable(),
  bookedAt: moment,
  version: z.int(),
})

const Decision = z.object({
  ruleVersion: z.int(),
  need: z.object({
    kind: Kind,
    skill: z.string().nullable(),
    language: z.string(),
    seats: z.int().nullable(),
  }),
  rollingDays: z.int(),
  countedSince: moment,
  candidates: z.array(Candidate),
  chosen: z.uuid().nullable(),
  because: z.enum(['only-one', 'fewest', 'longest-ago', 'order']).nullable(),
  ranked: z.array(z.uuid()),
  excluded: z.array(
    z.object({
      id: z.uuid(),
      because: z.enum(['not-able', 'language', 'too-small', 'off-duty', 'absent', 'busy']),
    }),
  ),
  /** Whether the stored inputs give the same person again. */
  replayed: z.boolean(),
})

export const unknown = { UNKNOWN_BOOKING: refusal(404) }
export const unknownStation = { UNKNOWN_STATION: refusal(404, z.object({ code: z.string() })) }
export const notYourStation = { NOT_YOUR_STATION: refusal(403, z.object({ station: z.string() })) }
export const rules = { NO_BOOKING_RULES: refusal(409) }
export const changed = {
  BOOKING_CLOSED: refusal(409, z.object({ state: State })),
  CHANGED_MEANWHILE: refusal(409),
}
const slotRefusals = {
  ...rules,
  UNKNOWN_SUBJECT: refusal(422, z.object({ subject: z.string() })),
  STATION_CLOSED: refusal(409, z.object({ day, because: z.enum(['holiday', 'day-off', 'no-hours']) })),
  OUTSIDE_HOURS: refusal(422, z.object({ day })),
  SLOT_PAST: refusal(409, z.object({ day })),
  TOO_FAR_AHEAD: refusal(422, z.object({ until: day })),
  SLOT_TAKEN: refusal(409, z.object({ next: z.array(Slot) })),
  ALREADY_BOOKED: refusal(409, z.object({ number: Number })),
}

export const bookings = {
  stations: get('/bookings/stations', {
    summary: 'Stations where people on duty or rooms can be booked, and for what',
    allow: anyone,
    clauses,
  })
    .output(
      z.object({
        note: Words,
        sample: z.boolean(),
        aheadDays: z.int(),
        rollingDays: z.int(),
        until: day,
        items: z.array(
          Named.extend({ subjects: z.array(Named.extend({ kind: Kind, languages: z.array(z.string()) })) }),
        ),
      }),
    )
    .errors(rules),

  slots: get('/bookings/slots', {
    summary: 'Slots of a station for a subject, with how many could take each',
    allow: anyone,
    clauses,
  })
    .input(
      z.object({
        station: Code,
        subject: Code,
        language: Language.default('zh'),
        seats: seats.optional(),
        from: day.optional(),
        days: z.coerce.number().int().min(1).max(31).default(7),
      }),
    )
    .output(
      z.object({
        days: z.array(
          z.object({
            day,
            closed: z.enum(['holiday', 'day-off', 'no-hours']).nullable(),
            slots: z.array(z.object({ from: z.string(), to: z.string(), free: z.int() })),
          }),
        ),
      }),
    )
    .errors({ ...unknownStation, ...rules, UNKNOWN_SUBJECT: slotRefusals.UNKNOWN_SUBJECT }),

  book: post('/bookings', {
    summary: 'Book a slot; the turn decides which person or room, and the reason is kept',
    allow: signedIn,
    clauses,
    status: 201,
  })
    .input(
      z.object({
        station: Code,
        subject: Code,
        language: Language.default('zh'),
        seats: seats.optional(),
        day,
        from: Clock,
        note: text(500).optional(),
      }),
    )
    .output(Booking)
    .errors({ ...unknownStation, ...slotRefusals }),

  mine: get('/bookings', {
    summary: 'What the caller has booked, the newest first',
    allow: signedIn,
    clauses,
  })
    .input(pageInput.extend({ cursor: z.uuid().optional() }))
    .output(page(Booking)),

  duty: get('/bookings/duty', {
    summary: 'What is booked with the caller, where a station lists them as on duty',
    allow: signedIn,
    clauses,
  })
    .input(z.object({ from: day.optional() }))
    .output(
      z.object({
        from: day,
        to: day,
        /** Where the caller is on duty, with the hours in force today. */
        posts: z.array(
          z.object({
            id: z.uuid(),
            station: Named,
            name: z.string(),
            hours: z.array(DutyHours),
            changesOn: day.nullable(),
            lastDay: day.nullable(),
          }),
        ),
        bookings: z.array(Booking.extend({ bookedBy: z.string() })),
      }),
    ),

  get: get('/bookings/{number}', {
    summary: 'One booking, why that person or room was chosen, and what happened to it',
    allow: signedIn,
    clauses,
  })
    .input(z.object({ number: Number }))
    .output(
      Booking.extend({
        decision: Decision,
        replaces: Number.nullable(),
        mine: z.boolean(),
        events: z.array(
          z.object({
            id: z.uuid(),
            kind: z.enum(['booked', 'reassigned', 'kept', 'missed', 'cancelled', 'freed', 'moved']),
            reason: z.string().nullable(),
            before: z.string().nullable(),
            by: z.string(),
            at: moment,
          }),
        ),
      }),
    )
    .errors(unknown),

  move: post('/bookings/{number}/move', {
    summary: 'Another hour in place of this one; the old one is given up only when the new one is got',
    allow: signedIn,
    clauses,
  })
    .input(z.object({ number: Number, version: z.int().min(1), day, from: Clock }))
    .output(Booking)
    .errors({ ...unknown, ...changed, ...unknownStation, ...slotRefusals }),

  cancel: post('/bookings/{number}/cancellation', {
    summary: 'Give a booking up',
    allow: signedIn,
    clauses,
  })
    .input(z.object({ number: Number, version: z.int().min(1), reason: text(200).min(2).optional() }))
    .output(Booking)
    .errors({ ...unknown, ...changed }),
}
