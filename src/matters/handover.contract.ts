import { z } from 'zod'
import { day, get, post, refusal, signedIn, text } from '#platform/contract.ts'
import { staff } from '../identity/roles.ts'
import { Receiver, receiverRefusals } from './matter.contract.ts'
import { changed, Code, HandOver, MatterNumber, moment, unknownMatter, Words } from './schemas.contract.ts'

const number = MatterNumber
const clauses = ['S78', 'S79', 'S133']
const notOfTheOffice = { NOT_OF_THE_OFFICE: refusal(403) }

export const handOverOperations = {
  handOver: post('/matters/{number}/handovers', {
    summary: 'Hand a matter to another station or an outside body; “not ours” needs a receiver',
    allow: staff,
    clauses: [...clauses, 'S148', 'S161', 'S153'],
    status: 201,
  })
    .input(z.object({ number, to: Receiver, reason: text(1000).min(2), version: z.int().min(1) }))
    .output(HandOver)
    .errors({
      ...unknownMatter,
      ...changed,
      ...notOfTheOffice,
      ...receiverRefusals,
      MATTER_CLOSED: refusal(409, z.object({ state: z.string() })),
    }),

  decideHandOver: post('/matters/{number}/handovers/{id}/decision', {
    summary: 'Take the matter over, or send it back with a reason; for an outside body, record its receipt',
    allow: staff,
    clauses,
  })
    .input(
      z.object({
        number,
        id: z.uuid(),
        decision: z.discriminatedUnion('kind', [
          z.object({
            kind: z.literal('accept'),
            outsideNumber: text(80)
              .min(1)
              .optional()
              .describe('The number on the outside body’s own receipt.'),
            outsideOn: day.optional(),
          }),
          z.object({ kind: z.literal('refuse'), reason: text(1000).min(2) }),
          z.object({ kind: z.literal('withdraw') }),
        ]),
      }),
    )
    .output(HandOver)
    .errors({
      ...unknownMatter,
      ...notOfTheOffice,
      UNKNOWN_HAND_OVER: refusal(404, z.object({ id: z.string() })),
      ALREADY_DECIDED: refusal(
        409,
        z.object({ status: z.string(), by: z.string().nullable(), at: moment.nullable() }),
      ),
      OUTSIDE_RECEIPT_NEEDED: refusal(422),
    }),

  arriving: get('/handovers', {
    summary: 'Hand-overs that wait at my stations, and those my stations sent that nobody has taken yet',
    allow: staff,
    clauses,
  })
    .input(z.object({}))
    .output(z.object({ arriving: z.array(HandOver), sent: z.array(HandOver) })),

  receivingBodies: get('/receiving-bodies', {
    summary: 'The bodies outside the stations to whom a matter can be handed',
    allow: signedIn,
    clauses: ['S148', 'S161', 'S153'],
  }).output(
    z.object({
      items: z.array(z.object({ code: z.string(), names: Words, duty: Words, sample: z.boolean() })),
    }),
  ),

  claim: post('/matters/{number}/claim', {
    summary: 'Take a matter of one’s station that nobody handles',
    allow: staff,
    clauses: ['S78'],
  })
    .input(z.object({ number, version: z.int().min(1) }))
    .output(z.object({ version: z.int(), handler: z.string().nullable() }))
    .errors({
      ...unknownMatter,
      ...changed,
      ...notOfTheOffice,
      HANDLED_ALREADY: refusal(409, z.object({ handler: z.string() })),
      MATTER_CLOSED: refusal(409, z.object({ state: z.string() })),
    }),

  assign: post('/matters/{number}/assignment', {
    summary: 'Give a matter to a colleague of the same station, or back to the queue',
    allow: staff,
    clauses: ['S78'],
  })
    .input(
      z.object({
        number,
        version: z.int().min(1),
        accountId: z.uuid().nullable().describe('Null puts it back into the queue.'),
        reason: text(500).optional(),
      }),
    )
    .output(z.object({ version: z.int(), handler: z.string().nullable() }))
    .errors({
      ...unknownMatter,
      ...changed,
      ...notOfTheOffice,
      NOT_ABLE_TO_HANDLE: refusal(422, z.object({ accountId: z.string() })),
      MATTER_CLOSED: refusal(409, z.object({ state: z.string() })),
    }),
}

export const Post = z.object({
  id: z.uuid(),
  accountId: z.uuid(),
  name: z.string(),
  roles: z.array(z.string()),
  validFrom: day,
  validTo: day.nullable(),
  /** Matters in hand at this station. */
  inHand: z.int(),
})

const unknownStation = { UNKNOWN_STATION: refusal(404, z.object({ code: z.string() })) }
export const stationCode = Code
export { unknownStation }
