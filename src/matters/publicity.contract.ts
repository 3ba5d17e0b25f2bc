import { z } from 'zod'
import {
  anyone,
  day,
  download,
  get,
  page,
  pageInput,
  post,
  refusal,
  signedIn,
  text,
} from '#platform/contract.ts'
import { staff } from '../identity/roles.ts'
import { MatterNumber, moment, unknownMatter, Words } from './schemas.contract.ts'

const PublicMatter = z.object({
  number: MatterNumber,
  procedure: z.object({ code: z.string(), names: Words }),
  facts: z.array(z.object({ label: Words, value: z.string() })),
  since: day,
  until: day.nullable(),
  station: z.object({ code: z.string(), names: Words }),
})

export const publicityOperations = {
  publicity: get('/publicity', {
    summary: 'Matters that are made public before they are decided (公示), and until when one may object',
    allow: anyone,
    clauses: ['S78'],
  })
    .input(pageInput)
    .output(page(PublicMatter))
    .errors({ INVALID_CURSOR: refusal(400) }),

  object: post('/publicity/{number}/objections', {
    summary: 'Object to a matter during its publicity period; the clock of the decision pauses',
    allow: signedIn,
    clauses: ['S78'],
    status: 201,
  })
    .input(z.object({ number: MatterNumber, body: text(4000).min(10) }))
    .output(z.object({ id: z.uuid(), filedAt: moment, entryId: z.string() }))
    .errors({
      ...unknownMatter,
      MAY_NOT_OBJECT: refusal(403),
      NOT_PUBLIC_NOW: refusal(409),
      OBJECTED_ALREADY: refusal(409),
    }),

  decideObjection: post('/matters/{number}/objections/{id}/decision', {
    summary: 'Decide an objection with reasons; when none is open the clock runs on',
    allow: staff,
    clauses: ['S78'],
  })
    .input(z.object({ number: MatterNumber, id: z.uuid(), upheld: z.boolean(), decision: text(4000).min(5) }))
    .output(z.object({ decidedAt: moment }))
    .errors({
      ...unknownMatter,
      NOT_OF_THE_OFFICE: refusal(403),
      UNKNOWN_OBJECTION: refusal(404, z.object({ id: z.string() })),
      ALREADY_DECIDED: refusal(409),
    }),

  document: get('/matters/{number}/documents/{id}', {
    summary: 'A decision document as PDF',
    allow: signedIn,
    clauses: ['S78'],
  })
    .input(z.object({ number: MatterNumber, id: z.uuid(), language: z.enum(['zh', 'en']).default('zh') }))
    .output(download)
    .errors({ ...unknownMatter, UNKNOWN_DOCUMENT: refusal(404, z.object({ id: z.string() })) }),

  verifyDocument: get('/documents/{documentNumber}', {
    summary:
      'Whether a document of this number was issued, when, by which station, and the digests of its files',
    allow: anyone,
    clauses: ['S78'],
  })
    .input(z.object({ documentNumber: text(40).min(4) }))
    .output(
      z.object({
        documentNumber: z.string(),
        names: Words,
        procedure: z.object({ code: z.string(), names: Words }),
        station: z.object({ code: z.string(), names: Words }),
        issuedAt: moment,
        sha256: z.object({ zh: z.string(), en: z.string() }),
        entryId: z.string(),
      }),
    )
    .errors({ UNKNOWN_DOCUMENT: refusal(404, z.object({ id: z.string() })) }),
}
