import { z } from 'zod'
import { day, get, post, refusal, text } from '#platform/contract.ts'
import { only } from '../identity/roles.ts'
import {
  Booking,
  changed,
  clauses,
  Code,
  DutyHours,
  Kind,
  Named,
  notYourStation,
  Number,
  rules,
  unknown,
  unknownStation,
} from './booking.contract.ts'

const officers = only('officer', 'operator')

/** What those who work at a station do with its bookings. */
export const stationBookings = {
  calendar: get('/bookings/calendar', {
    summary: 'The bookings of a station day by day, for those who work there',
    allow: officers,
    clauses,
  })
    .input(z.object({ station: Code.optional(), from: day.optional() }))
    .output(
      z.object({
        stations: z.array(Named),
        station: z.string().nullable(),
        /** What of the zone can be booked, with the skill that each subject asks for. */
        subjects: z.array(Named.extend({ kind: Kind, skill: z.string().nullable() })),
        today: day,
        from: day,
        to: day,
        bookables: z.array(
          z.object({
            id: z.uuid(),
            kind: Kind,
            name: z.string(),
            skills: z.array(z.string()),
            languages: z.array(z.string()),
            seats: z.int().nullable(),
            hours: z.array(DutyHours).describe('In force today, by weekday and hour.'),
            changesOn: day.nullable().describe('The next day from which other hours are planned.'),
            linkedTo: z
              .string()
              .nullable()
              .describe('The name of the account that is told and sees its bookings.'),
            lastDay: day.nullable().describe('After which nothing can be booked with it any more.'),
            version: z.int(),
            absences: z.array(z.object({ firstDay: day, lastDay: day })),
            turns: z.int().describe('Bookings in the window that rotation looks back on.'),
          }),
        ),
        bookings: z.array(Booking.extend({ bookableId: z.uuid(), bookedBy: z.string() })),
      }),
    )
    .errors({ ...unknownStation, ...notYourStation, ...rules }),

  settle: post('/bookings/{number}/outcome', {
    summary: 'Note whether the visitor came',
    allow: officers,
    clauses,
  })
    .input(z.object({ number: Number, version: z.int().min(1), outcome: z.enum(['kept', 'missed']) }))
    .output(Booking)
    .errors({
      ...unknown,
      ...changed,
      ...notYourStation,
      NOT_YET: refusal(409, z.object({ day, from: z.string() })),
    }),

  absent: post('/bookings/absences', {
    summary:
      'Somebody will be away: their bookings go to the next in turn or are freed, and each booker is told',
    allow: officers,
    clauses,
    status: 201,
  })
    .input(z.object({ bookableId: z.uuid(), firstDay: day, lastDay: day, reason: text(200).min(2) }))
    .output(z.object({ id: z.uuid(), reassigned: z.array(Number), freed: z.array(Number) }))
    .errors({
      ...notYourStation,
      ...unknownStation,
      ...rules,
      UNKNOWN_BOOKABLE: refusal(404),
      ABSENCE_BACKWARDS: refusal(422),
    }),
}
