import { z } from 'zod'
import { day, get, post, refusal, text } from '#platform/contract.ts'
import { only } from '../identity/roles.ts'
import {
  Booking,
  changed,
  clauses,
  Clock,
  Code,
  Kind,
  Language,
  Named,
  Number,
  rules,
  seats,
  unknown,
  unknownStation,
} from './booking.contract.ts'

const officers = only('officer', 'operator')
const notYourStation = { NOT_YOUR_STATION: refusal(403, z.object({ station: z.string() })) }

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

  add: post('/bookings/bookables', {
    summary: 'Put a person on duty, or a room, on the list of those that can be booked',
    allow: officers,
    clauses,
    status: 201,
  })
    .input(
      z.object({
        station: Code,
        kind: Kind,
        name: text(60).min(1),
        skills: z.array(Code).max(20).default([]),
        languages: z.array(Language).max(2).default(['zh']),
        seats: seats.optional(),
        duties: z
          .array(z.object({ weekday: z.int().min(1).max(7), from: Clock, to: Clock }))
          .min(1)
          .max(28),
      }),
    )
    .output(z.object({ id: z.uuid() }))
    .errors({
      ...unknownStation,
      ...notYourStation,
      DUTY_BACKWARDS: refusal(422),
      SEATS_NEEDED: refusal(422),
      SKILL_NEEDED: refusal(422),
    }),
}
