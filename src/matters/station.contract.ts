import { z } from 'zod'
import { anyone, day, del, get, page, pageInput, post, refusal } from '#platform/contract.ts'
import { only, staff } from '../identity/roles.ts'
import { Post, stationCode, unknownStation } from './handover.contract.ts'
import { Words } from './schemas.contract.ts'

const Month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/)

const Results = z.object({
  month: Month,
  arrived: z.int(),
  /** Closed in the month; equals the total of the list behind it. */
  handled: z.int(),
  inTime: z.int(),
  late: z.int(),
  outcomes: z.record(z.string(), z.int()),
  ratings: z.object({
    count: z.int(),
    average: z.number().nullable(),
    grades: z.record(z.string(), z.int()),
  }),
})

const StationItem = z.object({
  code: z.string(),
  kind: z.string(),
  kindNames: Words,
  names: Words,
  carrier: z.string().nullable(),
  queue: z.int(),
  handled: z.int(),
})

const StationView = StationItem.extend({
  duty: Words,
  address: Words.nullable(),
  clauses: z.array(z.string()),
  sample: z.boolean(),
  hours: z
    .object({
      sample: z.boolean(),
      sessions: z.array(z.object({ days: z.array(z.int()), opens: z.string(), closes: z.string() })),
    })
    .nullable(),
  /** Whether it is a day on which the station opens: a working day of the calendar that its hours name. */
  today: z.object({
    on: day,
    open: z.boolean(),
    sessions: z.array(z.object({ opens: z.string(), closes: z.string() })),
    holiday: Words.nullable(),
  }),
  queueByProcedure: z.array(z.object({ code: z.string(), names: Words, open: z.int() })),
  procedures: z.array(z.object({ code: z.string(), names: Words })),
  results: Results,
})

export const stationOperations = {
  stations: get('/stations', {
    summary: 'Every station with its queue and what it handled this month',
    allow: anyone,
    clauses: ['S27', 'S75', 'S77', 'S96'],
  }).output(z.object({ items: z.array(StationItem), month: Month })),

  station: get('/stations/{code}', {
    summary: 'One station: hours, duties, queue and the results of a month',
    allow: anyone,
    clauses: ['S27', 'S75', 'S77', 'S96'],
  })
    .input(z.object({ code: stationCode, month: Month.optional() }))
    .output(StationView)
    .errors(unknownStation),

  handled: get('/stations/{code}/handled', {
    summary: 'The list behind a station’s result of a month, without names of applicants',
    allow: anyone,
    clauses: ['S27', 'S75', 'S77', 'S96'],
  })
    .input(z.object({ code: stationCode, month: Month.optional(), ...pageInput.shape }))
    .output(
      page(
        z.object({
          /** Null for readers who may not open the matter. */
          number: z.string().nullable(),
          procedure: z.object({ code: z.string(), names: Words }),
          submittedOn: day,
          closedOn: day,
          outcome: z.string(),
          inTime: z.boolean(),
          grade: z.int().nullable(),
        }),
      ).extend({ month: Month }),
    )
    .errors({ ...unknownStation, INVALID_CURSOR: refusal(400) }),

  posts: get('/stations/{code}/posts', {
    summary: 'Who works at a station, with what each has in hand',
    allow: staff,
    clauses: ['S78'],
  })
    .input(z.object({ code: stationCode }))
    .output(z.object({ items: z.array(Post) }))
    .errors(unknownStation),

  post: post('/stations/{code}/posts', {
    summary: 'Post a member of staff to a station',
    allow: only('administrator'),
    clauses: ['S78'],
    status: 201,
  })
    .input(z.object({ code: stationCode, accountId: z.uuid(), from: day }))
    .output(Post)
    .errors({
      ...unknownStation,
      UNKNOWN_ACCOUNT: refusal(422, z.object({ accountId: z.string() })),
      NOT_STAFF: refusal(422, z.object({ accountId: z.string() })),
      POSTED_ALREADY: refusal(409, z.object({ from: day })),
    }),

  endPost: del('/stations/{code}/posts/{id}', {
    summary: 'End a post; what was in hand goes back to the queue and is listed there',
    allow: only('administrator'),
    clauses: ['S78'],
  })
    .input(z.object({ code: stationCode, id: z.uuid() }))
    .output(z.object({ released: z.int() }))
    .errors({ ...unknownStation, UNKNOWN_POST: refusal(404, z.object({ id: z.string() })) }),
}
