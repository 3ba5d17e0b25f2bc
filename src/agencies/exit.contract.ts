import { z } from 'zod'
import { anyone, day, get, page, pageInput, post, refusal, text } from '#platform/contract.ts'
import { only } from '../identity/roles.ts'
import { Bilingual } from '../zone/words.rules.ts'
import { AgencyCode } from './facts.rules.ts'

const office = only('officer', 'operator')
const theirs = only('officer', 'operator', 'agency')

const Trigger = z.object({
  code: z.string(),
  kind: z.enum(['lease-ended', 'penalties', 'returns-missing', 'dormant']),
  names: Bilingual,
  met: z.boolean(),
  value: z.number().nullable(),
  limit: z.number(),
  days: z.array(day),
  periods: z.array(z.string()),
})

const moment = z.iso.datetime({ offset: true })

const ClientFile = z.object({
  id: z.uuid(),
  agency: AgencyCode,
  reference: z.string(),
  title: z.string(),
  clientName: z.string(),
  openedOn: day,
  state: z.enum(['open', 'offered', 'handed-over', 'finished']),
  finishedOn: day.nullable(),
  finishNote: z.string().nullable(),
  handover: z
    .object({
      toKind: z.enum(['agency', 'client']),
      toCode: AgencyCode.nullable(),
      receiverName: z.string(),
      offeredAt: moment,
      note: z.string(),
      answer: z.enum(['received', 'refused']).nullable(),
      answeredAt: moment.nullable(),
      answerNote: z.string().nullable(),
      receipt: z.string().nullable(),
    })
    .nullable(),
})

/** What an agency must not leave behind, from whichever room of the platform knows of it. */
const OpenClientMatter = z.object({
  source: z.string(),
  names: Bilingual,
  id: z.string(),
  label: z.string(),
  since: day,
  page: z.string().nullable(),
})

const unknownAgency = { UNKNOWN_AGENCY: refusal(404, z.object({ code: z.string() })) }
const unknownFile = { UNKNOWN_FILE: refusal(404) }
const fileRefusals = {
  ...unknownFile,
  FILE_CLOSED: refusal(409, z.object({ state: z.enum(['handed-over', 'finished']) })),
  FILE_OFFERED: refusal(409, z.object({ receiver: z.string() })),
}

export const exitOperations = {
  exits: get('/exits', {
    summary: 'Agencies that meet a trigger of moving out, each with the numbers and days behind it',
    allow: office,
    clauses: ['S202', 'S56'],
  })
    .input(pageInput.extend({ cursor: AgencyCode.optional(), trigger: text(60).optional() }))
    .output(
      page(
        z.object({
          code: AgencyCode,
          name: z.string(),
          carrier: z.string(),
          movedIn: day,
          triggers: z.array(Trigger),
          openFiles: z.int(),
          /** The number of the move-out that runs, if one does. */
          running: z.string().nullable(),
        }),
      ).extend({
        asOf: day,
        rule: day.nullable(),
        sample: z.boolean(),
        counts: z.array(z.object({ code: z.string(), names: Bilingual, agencies: z.int() })),
      }),
    ),

  exit: get('/agencies/{code}/exit', {
    summary: 'What speaks against an agency’s staying, and the client matters that keep it from leaving',
    allow: theirs,
    clauses: ['S202', 'S56'],
  })
    .input(z.object({ code: AgencyCode }))
    .output(
      z.object({
        code: AgencyCode,
        name: z.string(),
        inZone: z.boolean(),
        asOf: day,
        rule: day.nullable(),
        sample: z.boolean(),
        triggers: z.array(Trigger),
        open: z.array(OpenClientMatter),
      }),
    )
    .errors(unknownAgency),

  beginExit: post('/agencies/{code}/exit', {
    summary: 'Begin a move-out on the triggers that are met today; the first step is the warning',
    allow: office,
    clauses: ['S202', 'S56'],
    status: 201,
  })
    .input(z.object({ code: AgencyCode }))
    .output(z.object({ number: z.string() }))
    .errors({
      ...unknownAgency,
      NOT_TRIGGERED: refusal(409),
      EXIT_RUNNING: refusal(409, z.object({ number: z.string() })),
      NO_STATION: refusal(409),
    }),

  ofParty: get('/organisations/{partyId}/agency', {
    summary: 'The entry of the directory that stands for an organisation',
    allow: anyone,
    clauses: ['S203'],
  })
    .input(z.object({ partyId: z.uuid() }))
    .output(z.object({ code: AgencyCode }))
    .errors({ NO_AGENCY: refusal(404) }),

  clientFiles: get('/agencies/{code}/client-files', {
    summary: 'The files that an agency keeps for its clients, and those that others offer to it',
    allow: theirs,
    clauses: ['S202', 'S56'],
  })
    .input(z.object({ code: AgencyCode }))
    .output(
      z.object({
        name: z.string(),
        total: z.int(),
        open: z.int().describe('Files neither finished nor taken over with a receipt.'),
        items: z.array(ClientFile),
        offered: z.array(ClientFile).describe('Files of other agencies that were offered to this one.'),
      }),
    )
    .errors(unknownAgency),

  addClientFile: post('/agencies/{code}/client-files', {
    summary: 'Enter a file that an agency keeps for a client',
    allow: theirs,
    clauses: ['S202', 'S56'],
    status: 201,
  })
    .input(
      z.object({
        code: AgencyCode,
        reference: text(60).min(1),
        title: text(200).min(2),
        clientName: text(200).min(1),
        openedOn: day,
      }),
    )
    .output(z.object({ id: z.uuid() }))
    .errors({
      ...unknownAgency,
      REFERENCE_TAKEN: refusal(409, z.object({ reference: z.string() })),
      DAY_AHEAD: refusal(422, z.object({ field: z.string(), today: day })),
    }),

  finishClientFile: post('/client-files/{id}/finish', {
    summary: 'Say that a client’s file is finished',
    allow: theirs,
    clauses: ['S202'],
  })
    .input(z.object({ id: z.uuid(), note: text(500).min(2) }))
    .output(ClientFile)
    .errors(fileRefusals),

  offerClientFile: post('/client-files/{id}/handovers', {
    summary: 'Offer a client’s file to another agency of the zone, or give it back to the client',
    allow: theirs,
    clauses: ['S202'],
    status: 201,
  })
    .input(
      z.object({
        id: z.uuid(),
        to: z.discriminatedUnion('kind', [
          z.object({ kind: z.literal('agency'), code: AgencyCode }),
          z.object({ kind: z.literal('client') }),
        ]),
        note: text(500).min(2).describe('What the file holds, and which terms run.'),
      }),
    )
    .output(ClientFile)
    .errors({
      ...fileRefusals,
      UNKNOWN_RECEIVER: refusal(422, z.object({ code: z.string() })),
      RECEIVER_NOT_IN_ZONE: refusal(422, z.object({ code: z.string() })),
    }),

  answerClientFile: post('/client-files/{id}/receipt', {
    summary:
      'Confirm that a file was taken over, with a receipt, or refuse it; for a client the office confirms',
    allow: theirs,
    clauses: ['S202'],
  })
    .input(
      z.object({
        id: z.uuid(),
        answer: z.enum(['received', 'refused']),
        note: text(500).min(2).describe('What was taken over, or why not; for a client, what was signed.'),
      }),
    )
    .output(ClientFile)
    .errors({ ...unknownFile, NOT_OFFERED: refusal(409) }),
}
