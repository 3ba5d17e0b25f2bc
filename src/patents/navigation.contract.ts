import { z } from 'zod'
import { anyone, day, download, get, page, pageInput, post, refusal, text } from '#platform/contract.ts'
import { only } from '../identity/roles.ts'
import { NAVIGATION_KIND_NAMES, OUTCOME_KINDS } from './navigation.rules.ts'

const keepers = only('officer', 'operator')
const clauses = ['S41', 'S45']
const source = text(300).min(2)
const reason = text(2000).min(2)
const title = text(300).min(2)
const code = z.string().regex(/^[A-Z0-9][A-Z0-9-]{1,31}$/)
const industry = z.string().regex(/^[a-z0-9-]{1,60}$/)
const evidence = z.instanceof(File).optional().describe('The document that proves it, up to 20 MB.')
const Kind = z.enum(NAVIGATION_KIND_NAMES)
const Adoption = z.enum(['open', 'adopted', 'partly-adopted', 'rejected'])

const Base = z.object({
  code,
  name: z.string(),
  nameEn: z.string().nullable(),
  level: z.enum(['national', 'provincial']),
  recognisedOn: day,
  endedOn: day.nullable(),
  evidenceHash: z.string().nullable(),
  inForce: z.boolean(),
  counted: z.boolean().describe('Counts for the goal: national, in force and with its approval.'),
  projects: z.int(),
  source: z.string(),
})

const Centre = z.object({
  code,
  name: z.string(),
  leadId: z.uuid().nullable(),
  leadName: z.string().nullable(),
  agencyName: z.string().nullable(),
  approvedOn: day,
  endsOn: day.nullable(),
  exitReason: z.string().nullable(),
  evidenceHash: z.string().nullable(),
  inForce: z.boolean(),
  source: z.string(),
})

const CentreEvent = z.object({
  id: z.uuid(),
  kind: z.enum(['registered', 'renewed', 'ended']),
  endsOn: day.nullable(),
  reason: z.string(),
  evidenceHash: z.string().nullable(),
  happenedOn: day,
  recordedAt: z.iso.datetime({ offset: true }),
})

const Adoptions = z.object({
  open: z.int(),
  adopted: z.int(),
  'partly-adopted': z.int(),
  rejected: z.int(),
})

const Project = z.object({
  code,
  title: z.string(),
  titleEn: z.string().nullable(),
  kind: Kind,
  baseCode: code.nullable(),
  baseName: z.string().nullable(),
  clientId: z.uuid().nullable(),
  clientName: z.string().nullable(),
  industry: industry.nullable(),
  startedOn: day,
  finishedOn: day.nullable(),
  reports: z.int(),
  recommendations: Adoptions,
  source: z.string(),
})

const Outcome = z.object({
  id: z.uuid(),
  kind: z.enum(OUTCOME_KINDS),
  words: z.string(),
  happenedOn: day,
  evidenceHash: z.string().nullable(),
  decidedBy: z.string(),
  recordedAt: z.iso.datetime({ offset: true }),
})

const Recommendation = z.object({
  id: z.uuid(),
  number: z.int(),
  words: z.string(),
  addressee: z.string(),
  adoption: Adoption,
  outcomes: z.array(Outcome),
})

const Report = z.object({
  id: z.uuid(),
  title: z.string(),
  publishedOn: day,
  summary: z.string(),
  documentHash: z.string().nullable(),
  source: z.string(),
  recommendations: z.array(Recommendation),
})

const ProjectPage = Project.extend({ reportList: z.array(Report) })
const recommendationInput = z.object({ words: text(2000).min(2), addressee: text(300).min(1) })

const unknownProject = { UNKNOWN_PROJECT: refusal(404, z.object({ code: z.string() })) }
const unknownCentre = { UNKNOWN_CENTRE: refusal(404, z.object({ code: z.string() })) }
const dayAhead = { DAY_AHEAD: refusal(422, z.object({ field: z.string(), today: day })) }
const codeTaken = { CODE_TAKEN: refusal(409, z.object({ code: z.string() })) }
const tooLarge = { FILE_TOO_LARGE: refusal(413, z.object({ maxBytes: z.int() })) }
const unknownParty = { UNKNOWN_PARTY: refusal(422, z.object({ partyId: z.uuid() })) }

export const navigation = {
  bases: get('/navigation/bases', { summary: 'Patent navigation service bases', allow: anyone, clauses })
    .input(pageInput.pick({ limit: true }))
    .output(z.object({ asOf: day, total: z.int(), counted: z.int(), items: z.array(Base) })),

  registerBase: post('/navigation/bases', {
    summary: 'Enter a navigation base; without its approval it is listed and not counted',
    allow: keepers,
    clauses,
    status: 201,
  })
    .input(
      z.object({
        code,
        name: title,
        nameEn: title.optional(),
        level: z.enum(['national', 'provincial']),
        recognisedOn: day,
        source,
        evidence,
      }),
    )
    .output(z.object({ code }))
    .errors({ ...codeTaken, ...dayAhead, ...tooLarge }),

  centres: get('/navigation/centres', {
    summary: 'High-value patent cultivation centres',
    allow: anyone,
    clauses,
  })
    .input(
      z.object({
        q: text(100).optional(),
        state: z.enum(['in-force', 'ended']).optional(),
        ...pageInput.shape,
      }),
    )
    .output(page(Centre).extend({ asOf: day, inForce: z.int(), ended: z.int() }))
    .errors({ INVALID_CURSOR: refusal(400) }),

  centre: get('/navigation/centres/{code}', {
    summary: 'One cultivation centre with its approval, renewals and end',
    allow: anyone,
    clauses,
  })
    .input(z.object({ code: z.string().max(60) }))
    .output(Centre.extend({ events: z.array(CentreEvent) }))
    .errors(unknownCentre),

  registerCentre: post('/navigation/centres', {
    summary: 'Enter a cultivation centre on its approval',
    allow: keepers,
    clauses,
    status: 201,
  })
    .input(
      z.object({
        code,
        name: title,
        leadId: z.uuid().optional(),
        approvedOn: day,
        endsOn: day.optional(),
        reason,
        source,
        evidence,
      }),
    )
    .output(z.object({ code }))
    .errors({
      ...codeTaken,
      ...dayAhead,
      ...tooLarge,
      ...unknownParty,
      ENDS_BEFORE_IT_BEGINS: refusal(422, z.object({ field: z.string() })),
    }),

  changeCentre: post('/navigation/centres/{code}/term', {
    summary: 'Renew a cultivation centre or end it, with the reason',
    allow: keepers,
    clauses,
  })
    .input(
      z.object({
        code: z.string().max(60),
        kind: z.enum(['renewed', 'ended']),
        endsOn: day
          .optional()
          .describe('Of a renewal: its new end, or none. Of an end: its day, today unless told.'),
        reason,
        evidence,
      }),
    )
    .output(Centre)
    .errors({
      ...unknownCentre,
      ...tooLarge,
      ALREADY_ENDED: refusal(409),
      ENDS_BEFORE_IT_BEGINS: refusal(422, z.object({ field: z.string() })),
      NOT_LONGER: refusal(422, z.object({ field: z.string() })),
    }),

  projects: get('/navigation/projects', {
    summary: 'Navigation projects, and how many of their recommendations were adopted',
    allow: anyone,
    clauses,
  })
    .input(
      z.object({
        q: text(100).optional(),
        kind: Kind.optional(),
        adoption: Adoption.optional().describe('Only projects with a recommendation that stands so.'),
        ...pageInput.shape,
      }),
    )
    .output(page(Project).extend({ asOf: day, recommendations: Adoptions }))
    .errors({ INVALID_CURSOR: refusal(400) }),

  project: get('/navigation/projects/{code}', {
    summary: 'One navigation project: its reports, their recommendations and what became of each',
    allow: anyone,
    clauses,
  })
    .input(z.object({ code: z.string().max(60) }))
    .output(ProjectPage)
    .errors(unknownProject),

  openProject: post('/navigation/projects', {
    summary: 'Enter a navigation project',
    allow: keepers,
    clauses,
    status: 201,
  })
    .input(
      z.object({
        code,
        title,
        titleEn: title.optional(),
        kind: Kind,
        baseCode: code.optional(),
        clientId: z.uuid().optional(),
        industry: industry.optional(),
        startedOn: day,
        finishedOn: day.optional(),
        source,
      }),
    )
    .output(z.object({ code }))
    .errors({
      ...codeTaken,
      ...dayAhead,
      ...unknownParty,
      UNKNOWN_BASE: refusal(422, z.object({ code: z.string() })),
      UNKNOWN_INDUSTRY: refusal(422, z.object({ industry: z.string() })),
      ENDS_BEFORE_IT_BEGINS: refusal(422, z.object({ field: z.string() })),
    }),

  addReport: post('/navigation/projects/{code}/reports', {
    summary: 'Enter a report of a project with what it recommends',
    allow: keepers,
    clauses,
    status: 201,
  })
    .input(
      z.object({
        code: z.string().max(60),
        title,
        publishedOn: day,
        summary: text(4000).min(2),
        recommendations: z.array(recommendationInput).min(1).max(100),
        source,
        evidence,
      }),
    )
    .output(ProjectPage)
    .errors({ ...unknownProject, ...dayAhead, ...tooLarge }),

  recordOutcome: post('/navigation/recommendations/{id}/outcomes', {
    summary: 'Record that a recommendation was adopted or rejected, or what came of it later',
    allow: keepers,
    clauses,
    status: 201,
  })
    .input(
      z.object({
        id: z.uuid(),
        kind: z.enum(OUTCOME_KINDS),
        words: reason,
        decidedBy: text(300).min(1),
        happenedOn: day,
        evidence,
      }),
    )
    .output(ProjectPage)
    .errors({
      UNKNOWN_RECOMMENDATION: refusal(404),
      NOT_ADOPTED: refusal(409),
      SAME_DECISION: refusal(409),
      BEFORE_REPORT: refusal(422, z.object({ field: z.string(), publishedOn: day })),
      ...dayAhead,
      ...tooLarge,
    }),

  document: get('/navigation/documents/{hash}', {
    summary: 'A report or the evidence of an outcome',
    allow: anyone,
    clauses,
  })
    .input(z.object({ hash: z.string().regex(/^[0-9a-f]{64}$/) }))
    .output(download)
    .errors({ UNKNOWN_DOCUMENT: refusal(404) }),
}
