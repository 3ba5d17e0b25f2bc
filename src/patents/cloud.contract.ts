import { z } from 'zod'
import { anyone, day, get, page, pageInput, post, refusal, text } from '#platform/contract.ts'
import { only } from '../identity/roles.ts'
import { GRADED_FACTS } from '../zone/patent.rules.ts'
import { STAGE_NAMES } from './cloud.rules.ts'

const clauses = ['S125', 'S126', 'S106']
const keepers = only('university', 'officer', 'operator')
const Stage = z.enum(STAGE_NAMES)
const Words = z.object({ zh: z.string(), en: z.string() })
const reason = text(2000).min(2)

const Item = z.object({
  id: z.uuid(),
  universityId: z.uuid(),
  universityName: z.string(),
  applicationNumber: z.string(),
  publicationNumber: z.string().nullable(),
  title: z.string(),
  team: z.string().nullable(),
  stage: Stage,
  grade: z.string(),
  points: z.int(),
  version: z.int(),
})

const Stages = z.record(Stage, z.int().nullable()).describe('Null for stages that the reader may not see.')

const Move = z.object({
  id: z.uuid(),
  from: Stage.nullable(),
  to: Stage,
  reason: z.string(),
  by: z.string().nullable().describe('The name, for its university and for staff.'),
  for: z.enum(['university', 'office', 'system']),
  movedOn: day,
  movedAt: z.iso.datetime({ offset: true }),
})

const unknownUniversity = { UNKNOWN_UNIVERSITY: refusal(404) }
const unknownPatent = { UNKNOWN_PATENT: refusal(404) }
const notYours = { NOT_YOUR_ORGANISATION: refusal(403) }

export const cloud = {
  universities: get('/university-cloud', {
    summary: 'Universities with an inventory of their patents, by stage',
    allow: anyone,
    clauses,
  }).output(
    z.object({
      asOf: day,
      stages: Stages,
      total: z.int().describe('Of the stages that the reader may see.'),
      items: z.array(
        z.object({
          id: z.uuid(),
          name: z.string(),
          nameEn: z.string().nullable(),
          stages: Stages,
          total: z.int(),
          mayKeep: z.boolean().describe('Whether the reader keeps its inventory.'),
        }),
      ),
      keeps: z
        .array(z.object({ id: z.uuid(), name: z.string() }))
        .describe('Organisations whose inventory the reader keeps, those without one included.'),
    }),
  ),

  list: get('/university-cloud/patents', {
    summary: 'Patents of universities; the stages before the display are for their university and for staff',
    allow: anyone,
    clauses,
  })
    .input(
      z.object({
        university: z.uuid().optional(),
        stage: Stage.optional(),
        grade: z
          .string()
          .regex(/^[A-Z]$/)
          .optional(),
        q: text(100).optional().describe('A part of the title, the team or the number.'),
        ...pageInput.shape,
      }),
    )
    .output(page(Item).extend({ asOf: day, stages: Stages, grades: z.record(z.string(), z.int()) }))
    .errors({ INVALID_CURSOR: refusal(400), STAGE_NOT_PUBLIC: refusal(403) }),

  get: get('/university-cloud/patents/{id}', {
    summary: 'One patent of a university: its stage with every move, its grade with every point',
    allow: anyone,
    clauses,
  })
    .input(z.object({ id: z.uuid() }))
    .output(
      Item.extend({
        gradedOn: day,
        rules: z.object({ from: day, sample: z.boolean(), source: Words, gradeNames: Words }).nullable(),
        lines: z.array(
          z.object({
            fact: z.enum(GRADED_FACTS),
            names: Words,
            atLeast: z.number(),
            value: z.number().nullable(),
            points: z.int(),
            earned: z.int(),
          }),
        ),
        moves: z.array(Move),
        next: z.array(Stage).describe('Where it may move from here.'),
        mayMove: z.boolean(),
      }),
    )
    .errors(unknownPatent),

  inventory: post('/university-cloud/universities/{universityId}/inventory', {
    summary: 'Take in a university’s patents from a file; the same file again changes nothing',
    description: 'As a form with one field `file`.',
    allow: keepers,
    clauses,
    status: 201,
  })
    .input(z.object({ universityId: z.uuid(), file: z.instanceof(File) }))
    .output(
      z.object({
        rows: z.int(),
        accepted: z.int(),
        updated: z.int(),
        unchanged: z.int(),
        refused: z.int(),
        refusals: z
          .array(
            z.object({
              line: z.int(),
              field: z.string().nullable(),
              value: z.string().nullable(),
              words: Words,
            }),
          )
          .describe('The first two hundred.'),
      }),
    )
    .errors({
      ...unknownUniversity,
      ...notYours,
      UNREADABLE_FILE: refusal(422, z.object({ reason: z.string(), words: Words })),
    }),

  move: post('/university-cloud/moves', {
    summary: 'Move patents to another stage, with the reason; all of them or none',
    allow: keepers,
    clauses,
    status: 201,
  })
    .input(z.object({ ids: z.array(z.uuid()).min(1).max(1000), to: Stage, reason }))
    .output(z.object({ moved: z.int() }))
    .errors({
      ...unknownPatent,
      ...notYours,
      NOT_NEXT: refusal(409, z.object({ title: z.string(), from: Stage })),
      RIGHT_ENDED: refusal(409, z.object({ title: z.string() })),
    }),

  setTeam: post('/university-cloud/patents/{id}/team', {
    summary: 'Say which team a patent belongs to',
    allow: keepers,
    clauses,
  })
    .input(z.object({ id: z.uuid(), version: z.int(), team: text(200).min(1) }))
    .output(Item)
    .errors({ ...unknownPatent, ...notYours, CHANGED: refusal(409, z.object({ version: z.int() })) }),
}
