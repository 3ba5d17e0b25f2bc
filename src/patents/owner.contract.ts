import { z } from 'zod'
import { anyone, get, page, pageInput, post, refusal, text } from '#platform/contract.ts'
import { only, staff } from '../identity/roles.ts'

const clauses = ['S134', 'S127']
const deciders = only('officer')
const readers = only('officer', 'operator', 'statistician')
const reason = text(2000).min(2)
const moment = z.iso.datetime({ offset: true })
const Match = z.enum(['matched', 'unmatched', 'ambiguous', 'person'])

const OwnerRow = z.object({
  id: z.uuid(),
  name: z.string(),
  kind: z.enum(['organisation', 'person', 'unclear']),
  documents: z.int(),
  names: z.int(),
  match: Match,
  matchBasis: z.string().nullable(),
  partyId: z.uuid().nullable(),
  partyName: z.string().nullable(),
})

const Member = z.object({
  name: z.string(),
  documents: z.int(),
  basis: z.enum(['own', 'rule', 'alias', 'officer']),
  rule: z.string(),
  ruleVersion: z.int(),
  evidence: z.record(z.string(), z.unknown()),
  since: z.int().describe('The version of the owners since which it belongs here.'),
})

export const OwnerDecision = z.object({
  id: z.uuid(),
  kind: z.enum(['split', 'merge']),
  fromId: z.uuid(),
  fromName: z.string(),
  toId: z.uuid(),
  toName: z.string(),
  names: z.array(z.string()),
  reason: z.string(),
  decidedAt: moment,
  undoneAt: moment.nullable(),
  undoReason: z.string().nullable(),
})

const Owner = OwnerRow.extend({
  version: z.int(),
  ownerVersion: z.int(),
  dissolvedOn: z.iso.date().nullable(),
  members: z.array(Member),
  candidates: z
    .array(z.object({ id: z.uuid(), name: z.string(), creditCode: z.string().nullable() }))
    .describe('Parties of the register that bear one of its names, where there are several.'),
  decisions: z.array(OwnerDecision),
})

const Question = z.object({
  id: z.uuid(),
  firstName: z.string(),
  secondName: z.string(),
  firstOwnerId: z.uuid().nullable(),
  secondOwnerId: z.uuid().nullable(),
  rule: z.string(),
  evidence: z.record(z.string(), z.unknown()),
  documents: z.int(),
})

const Counts = z.object({
  names: z.int(),
  owners: z.int(),
  matched: z.int(),
  unmatched: z.int(),
  ambiguous: z.int(),
  people: z.int(),
  questions: z.int(),
})

const id = { id: z.uuid() }
const unknownOwner = { UNKNOWN_OWNER: refusal(404) }
const changed = { CHANGED: refusal(409, z.object({ version: z.int() })) }

export const owners = {
  list: get('/owners', {
    summary: 'Owners of patents, their names joined by stated rules',
    allow: anyone,
    clauses,
  })
    .input(
      z.object({
        q: text(200).min(1).optional(),
        match: Match.optional(),
        joined: z.stringbool().optional().describe('Only owners under more than one name.'),
        section: z
          .string()
          .regex(/^(?:[A-T]|-)$/)
          .optional()
          .describe('Section of GB/T 4754 of the matched firm; `-` where it states none.'),
        ...pageInput.shape,
      }),
    )
    .output(page(OwnerRow).extend({ ownerVersion: z.int(), ruleVersion: z.int() }))
    .errors({ INVALID_CURSOR: refusal(400) }),

  joins: get('/owners/joins', {
    summary: 'How the owners of patents join the register of organisations: matched, unmatched, ambiguous',
    allow: anyone,
    clauses: ['S18', 'S134', 'S16'],
  }).output(
    z.object({
      reading: z
        .object({ version: z.int(), dataVersion: z.int(), ruleVersion: z.int(), at: moment, counts: Counts })
        .nullable(),
      matches: z.array(z.object({ match: Match, owners: z.int(), documents: z.int() })),
      rate: z.number().nullable().describe('Matched owners among those that are organisations.'),
      industries: z.array(
        z.object({
          section: z.string().nullable().describe('Section of GB/T 4754; null where the firm states none.'),
          owners: z.int(),
          documents: z.int(),
        }),
      ),
    }),
  ),

  questions: get('/owners/questions', {
    summary: 'Names that may be one owner and were not joined',
    allow: anyone,
    clauses,
  })
    .input(pageInput.pick({ limit: true }))
    .output(z.object({ total: z.int(), items: z.array(Question) })),

  decisions: get('/owners/decisions', {
    summary: 'What was split and merged by hand, why, and what was undone',
    allow: staff,
    clauses,
  })
    .input(pageInput.pick({ limit: true }))
    .output(z.object({ total: z.int(), items: z.array(OwnerDecision) })),

  named: get('/owners/named', { summary: 'The owner to whom a name belongs', allow: anyone, clauses })
    .input(z.object({ name: z.string().min(1).max(500) }))
    .output(z.object({ id: z.uuid() }))
    .errors(unknownOwner),

  get: get('/owners/{id}', {
    summary: 'One owner: its names, the evidence by which each belongs to it, and its join to the register',
    allow: anyone,
    clauses,
  })
    .input(z.object(id))
    .output(Owner)
    .errors(unknownOwner),

  read: post('/owners/reading', {
    summary: 'Read the names of the corpus again and join them by the rules',
    allow: readers,
    clauses,
  }).output(Counts.extend({ version: z.int() })),

  split: post('/owners/{id}/split', {
    summary: 'Part names from an owner: they become an owner of their own',
    allow: deciders,
    clauses,
    status: 201,
  })
    .input(
      z.object({
        ...id,
        version: z.int(),
        names: z.array(z.string().min(1).max(500)).min(1).max(1000),
        reason,
      }),
    )
    .output(z.object({ decisionId: z.uuid(), ownerId: z.uuid(), ownerVersion: z.int() }))
    .errors({
      ...unknownOwner,
      ...changed,
      NOT_ITS_NAME: refusal(422, z.object({ name: z.string() })),
      NOTHING_LEFT: refusal(409),
    }),

  merge: post('/owners/{id}/merge', {
    summary: 'Let one owner have all names of another',
    allow: deciders,
    clauses,
    status: 201,
  })
    .input(z.object({ ...id, version: z.int(), otherId: z.uuid(), reason }))
    .output(z.object({ decisionId: z.uuid(), ownerId: z.uuid(), ownerVersion: z.int() }))
    .errors({ ...unknownOwner, ...changed, SAME_OWNER: refusal(409), PEOPLE_STAY_APART: refusal(409) }),

  undo: post('/owners/decisions/{id}/undo', {
    summary: 'Undo a split or a merge: every name goes back to where it was',
    allow: deciders,
    clauses,
  })
    .input(z.object({ ...id, reason }))
    .output(OwnerDecision)
    .errors({
      UNKNOWN_DECISION: refusal(404),
      ALREADY_UNDONE: refusal(409),
      MOVED_SINCE: refusal(409, z.object({ name: z.string() })),
    }),

  answer: post('/owners/questions/{id}/answer', {
    summary: 'Say whether two names are one owner',
    allow: deciders,
    clauses,
  })
    .input(z.object({ ...id, answer: z.enum(['joined', 'apart']), reason }))
    .output(z.object({ decisionId: z.uuid().nullable() }))
    .errors({ UNKNOWN_QUESTION: refusal(404) }),

  match: post('/owners/{id}/match', {
    summary: 'Say which party of the register an owner is',
    allow: deciders,
    clauses: ['S134', 'S18'],
  })
    .input(
      z.object({
        ...id,
        version: z.int(),
        partyId: z.uuid().nullable().describe('Null: none of them.'),
        reason,
      }),
    )
    .output(OwnerRow)
    .errors({
      ...unknownOwner,
      ...changed,
      UNKNOWN_PARTY: refusal(422, z.object({ partyId: z.uuid() })),
      PEOPLE_STAY_APART: refusal(409),
    }),
}
