import { z } from 'zod'
import { day, post, put, refusal, text } from '#platform/contract.ts'
import { only } from '../identity/roles.ts'
import {
  clauses,
  Code,
  DutyHours,
  Kind,
  Language,
  notYourStation,
  Number,
  rules,
  seats,
  unknownStation,
} from './booking.contract.ts'

const officers = only('officer', 'operator')
const version = z.int().min(1)
const ofBookable = z.object({ id: z.uuid(), version })
/** What became of bookings that can no longer be kept. */
const Passed = z.object({ version: z.int(), reassigned: z.array(Number), freed: z.array(Number) })
const refusals = {
  ...unknownStation,
  ...notYourStation,
  UNKNOWN_BOOKABLE: refusal(404),
  BOOKABLE_ENDED: refusal(409, z.object({ lastDay: day })),
  CHANGED_MEANWHILE: refusal(409),
}
const DAY_PAST = refusal(422, z.object({ today: day }))

/** Who and what can be booked at a station, kept by those who work there. */
export const bookables = {
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
        duties: z.array(DutyHours).min(1).max(28),
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

  setHours: put('/bookings/bookables/{id}/hours', {
    summary: 'Other hours of duty from a day on; bookings that no longer lie in them are passed on',
    allow: officers,
    clauses,
  })
    .input(ofBookable.extend({ from: day, duties: z.array(DutyHours).max(28) }))
    .output(Passed)
    .errors({ ...refusals, ...rules, DUTY_BACKWARDS: refusal(422), DAY_PAST }),

  end: post('/bookings/bookables/{id}/end', {
    summary: 'The last day on which a person or a room can be booked; later bookings are passed on',
    allow: officers,
    clauses,
  })
    .input(ofBookable.extend({ lastDay: day, reason: text(200).min(2) }))
    .output(Passed)
    .errors({ ...refusals, ...rules, DAY_PAST }),

  link: put('/bookings/bookables/{id}/account', {
    summary: 'Link a person on duty to their account, so that they see their bookings; null ends the link',
    allow: officers,
    clauses,
  })
    .input(ofBookable.extend({ email: z.email().max(200).nullable() }))
    .output(z.object({ version: z.int(), linkedTo: z.string().nullable() }))
    .errors({
      ...refusals,
      NO_SUCH_ACCOUNT: refusal(422, z.object({ email: z.string() })),
      ROOM_HAS_NO_ACCOUNT: refusal(422),
      LINKED_ALREADY: refusal(409, z.object({ name: z.string() })),
    }),
}
