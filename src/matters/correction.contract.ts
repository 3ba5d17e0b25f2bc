import { z } from 'zod'
import { get, post, put, refusal, signedIn, text, download } from '#platform/contract.ts'
import {
  Code,
  Fault,
  fileRefusals,
  MaterialFile,
  MatterNumber,
  moment,
  unknownMatter,
  Words,
} from './schemas.contract.ts'

export const CorrectionItem = z.object({
  id: z.uuid(),
  kind: z.enum(['material', 'field', 'other']),
  code: z.string().nullable(),
  names: Words.nullable(),
  wanted: z.string(),
  answer: z.unknown(),
  material: MaterialFile.nullable(),
  answered: z.boolean(),
})

export const Correction = z.object({
  id: z.uuid(),
  reason: z.string(),
  askedBy: z.string(),
  askedAt: moment,
  items: z.array(CorrectionItem),
  open: z.int(),
})

const number = MatterNumber

export const correctionOperations = {
  answerItem: put('/matters/{number}/correction/{itemId}', {
    summary: 'Answer one item of what was asked to be corrected: a new value, words, or a file already added',
    allow: signedIn,
    clauses: ['S79'],
  })
    .input(
      z.object({
        number,
        itemId: z.uuid(),
        answer: z.unknown().optional().describe('For a field its new value, otherwise words.'),
        materialId: z.uuid().optional(),
      }),
    )
    .output(Correction)
    .errors({
      ...unknownMatter,
      UNKNOWN_ITEM: refusal(404, z.object({ id: z.string() })),
      NOTHING_ASKED: refusal(409),
      ANSWER_NEEDED: refusal(422),
      ANSWER_UNFIT: refusal(422, z.object({ faults: z.array(Fault) })),
      UNKNOWN_FILE: refusal(422, z.object({ id: z.string() })),
      NOT_YOURS_TO_DO: refusal(403, z.object({ step: z.string(), handler: z.string().nullable() })),
    }),

  attach: post('/matters/{number}/materials', {
    summary: 'Add a file to a matter that is open',
    description:
      'As a form with the fields `code` and `file`. The code is one of the procedure’s, or `other`.',
    allow: signedIn,
    clauses: ['S79'],
    status: 201,
  })
    .input(z.object({ number, code: Code, file: z.instanceof(File) }))
    .output(MaterialFile)
    .errors({
      ...unknownMatter,
      ...fileRefusals,
      MATTER_CLOSED: refusal(409, z.object({ state: z.string() })),
      NOT_A_PARTY: refusal(403),
    }),

  material: get('/materials/{id}', {
    summary: 'A file that was handed in, for those who may see the matter',
    allow: signedIn,
    clauses: ['S79', 'S135'],
  })
    .input(z.object({ id: z.uuid(), purpose: text(200).min(4).optional() }))
    .output(download)
    .errors({ UNKNOWN_FILE: refusal(404, z.object({ id: z.string() })) }),
}
