import { z } from 'zod'
import { del, get, page, pageInput, post, put, refusal, signedIn, text } from '#platform/contract.ts'
import {
  AnswersShape,
  Code,
  Fault,
  fileRefusals,
  Finding,
  MaterialFile,
  moment,
  Receipt,
  Words,
} from './schemas.contract.ts'
import { unknownProcedure } from './procedure.contract.ts'

export const Draft = z.object({
  id: z.uuid(),
  procedure: z.object({ code: z.string(), names: Words }),
  organisation: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  station: z.string().nullable(),
  /** Who stood at the counter, where staff filled it in for them. */
  counter: z.object({ name: z.string() }).nullable(),
  answers: AnswersShape,
  materials: z.array(MaterialFile),
  version: z.int(),
  createdAt: moment,
  savedAt: moment,
  /** The number, once it was submitted. */
  submittedAs: z.string().nullable(),
})

const unknownDraft = { UNKNOWN_DRAFT: refusal(404, z.object({ id: z.string() })) }
/** Saved meanwhile on another device or in another window; `draft` is what stands there now. */
const conflict = { CHANGED_ELSEWHERE: refusal(409, z.object({ draft: Draft })) }
const closed = { DRAFT_CLOSED: refusal(409, z.object({ number: z.string().nullable() })) }
const keystrokes = 'a draft is kept as it is typed; what is submitted is audited'
const id = z.uuid()

export const draftOperations = {
  openDraft: post('/drafts', {
    summary: 'Begin a matter as a draft on the server',
    allow: signedIn,
    clauses: ['S79'],
    status: 201,
    unauditedBecause: keystrokes,
  })
    .input(
      z.object({
        procedure: Code,
        organisationId: z.uuid().optional().describe('For whom, where it is not for oneself.'),
        station: Code.optional().describe('The station where the person is, or which they chose.'),
        answers: AnswersShape.optional(),
        counter: z
          .object({ name: text(100).min(1), email: z.email().max(254).optional() })
          .optional()
          .describe(
            'Only for staff at a counter of that station: who stands there. With the address of an account, draft and matter are that account’s as well.',
          ),
      }),
    )
    .output(Draft)
    .errors({
      ...unknownProcedure,
      NOT_IN_FORCE: refusal(409, z.object({ from: z.string(), to: z.string().nullable() })),
      MAY_NOT_START: refusal(403, z.object({ roles: z.array(z.string()) })),
      ORGANISATION_NEEDED: refusal(422),
      PERSON_NEEDED: refusal(422),
      NOT_YOUR_ORGANISATION: refusal(403, z.object({ organisationId: z.string() })),
      UNKNOWN_STATION: refusal(422, z.object({ station: z.string() })),
      TOO_MANY_DRAFTS: refusal(409, z.object({ limit: z.int() })),
      TOO_MUCH: refusal(413, z.object({ limitBytes: z.int() })),
      NOT_AT_THIS_COUNTER: refusal(403, z.object({ station: z.string().nullable() })),
      NO_SUCH_ACCOUNT: refusal(422, z.object({ email: z.string() })),
    }),

  drafts: get('/drafts', {
    summary: 'One’s own open drafts, last saved first',
    allow: signedIn,
    clauses: ['S79'],
  })
    .input(z.object({ procedure: Code.optional(), ...pageInput.shape }))
    .output(page(Draft.omit({ answers: true, materials: true })))
    .errors({ INVALID_CURSOR: refusal(400) }),

  draft: get('/drafts/{id}', {
    summary: 'A draft as it was last saved, on whatever device',
    allow: signedIn,
    clauses: ['S79'],
  })
    .input(z.object({ id }))
    .output(Draft)
    .errors(unknownDraft),

  saveDraft: put('/drafts/{id}', {
    summary: 'Keep what was typed; refused with the other version where somebody saved in between',
    allow: signedIn,
    clauses: ['S79'],
    unauditedBecause: keystrokes,
  })
    .input(
      z.object({
        id,
        version: z.int().min(1).describe('The version that was typed into.'),
        answers: AnswersShape,
        station: Code.nullable().optional(),
      }),
    )
    .output(z.object({ version: z.int(), savedAt: moment }))
    .errors({
      ...unknownDraft,
      ...conflict,
      ...closed,
      UNKNOWN_STATION: refusal(422, z.object({ station: z.string() })),
      TOO_MUCH: refusal(413, z.object({ limitBytes: z.int() })),
    }),

  discardDraft: del('/drafts/{id}', {
    summary: 'Put a draft away',
    allow: signedIn,
    clauses: ['S79'],
    unauditedBecause: keystrokes,
  })
    .input(z.object({ id }))
    .output(z.object({ discarded: z.literal(true) }))
    .errors({ ...unknownDraft, ...closed }),

  completeness: get('/drafts/{id}/completeness', {
    summary:
      'What is still missing or wrong, field by field and material by material, and what the checks say',
    allow: signedIn,
    clauses: ['S79'],
  })
    .input(z.object({ id }))
    .output(z.object({ faults: z.array(Fault), findings: z.array(Finding), ready: z.boolean() }))
    .errors(unknownDraft),

  attachToDraft: post('/drafts/{id}/materials', {
    summary: 'Add a file to a draft; its content is checked, not only its name',
    description: 'As a form with the fields `code` and `file`.',
    allow: signedIn,
    clauses: ['S79'],
    status: 201,
  })
    .input(z.object({ id, code: Code, file: z.instanceof(File) }))
    .output(MaterialFile)
    .errors({ ...unknownDraft, ...closed, ...fileRefusals }),

  removeFromDraft: del('/drafts/{id}/materials/{materialId}', {
    summary: 'Take a file back out of a draft',
    allow: signedIn,
    clauses: ['S79'],
  })
    .input(z.object({ id, materialId: z.uuid() }))
    .output(z.object({ withdrawn: z.literal(true) }))
    .errors({ ...unknownDraft, ...closed, UNKNOWN_FILE: refusal(404, z.object({ id: z.string() })) }),

  submit: post('/drafts/{id}/submission', {
    summary: 'Submit a draft; twice gives the same number and receipt',
    allow: signedIn,
    clauses: ['S73', 'S78', 'S79'],
  })
    .input(
      z.object({
        id,
        version: z.int().min(1),
        explanations: z
          .record(z.string().max(80), text(1000))
          .optional()
          .describe('Reasons for what a check asks to have explained, by the code of the finding.'),
      }),
    )
    .output(Receipt)
    .errors({
      ...unknownDraft,
      ...conflict,
      ...unknownProcedure,
      DRAFT_CLOSED: refusal(409, z.object({ number: z.string().nullable() })),
      NOT_IN_FORCE: refusal(409, z.object({ from: z.string(), to: z.string().nullable() })),
      MAY_NOT_START: refusal(403, z.object({ roles: z.array(z.string()) })),
      NOT_YOUR_ORGANISATION: refusal(403, z.object({ organisationId: z.string() })),
      INCOMPLETE: refusal(422, z.object({ faults: z.array(Fault) })),
      CHECKS_FAILED: refusal(422, z.object({ findings: z.array(Finding) })),
      NO_STATION: refusal(409, z.object({ code: z.string() })),
      BLOCKED: refusal(409, z.object({ code: z.string(), words: Words })),
    }),
}
