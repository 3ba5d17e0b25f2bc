import { z } from 'zod'
import { anyone, download, get, page, refusal, text } from '#platform/contract.ts'
import { QUERY_FAULTS } from './query.rules.ts'
import { LegalEvent, LegalStatus, NumberState, Right, Stage } from './record.rules.ts'
import { WHY_FIELDS } from './why.rules.ts'

const clauses = ['S127', 'S76']
const dayShown = z.string().nullable().describe('YYYY-MM-DD')

export const SORTS = ['relevance', 'newest'] as const

const search = z.object({
  q: text(2000)
    .default('')
    .describe(
      'Plain words, all of which must be found; AND OR NOT, parentheses, "phrases", fields such as TI=, pa:, 申请人=, IPC=H01M, AD>=2020. Empty finds everything.',
    ),
})
const sort = z
  .enum(SORTS)
  .default('relevance')
  .describe(
    'relevance: what says all of it in the title first, the shortest title first; then the newest 2,000 others by how rare the terms are that stand in the title; then the rest, newest first. newest: by day of filing, else of publication, falling; then by number, falling.',
  )

const Passage = z.object({
  field: z.enum(WHY_FIELDS),
  language: z.string().nullable(),
  text: z.string(),
  marks: z
    .array(z.tuple([z.int(), z.int()]))
    .describe('What matched: from, and behind the last character of `text`.'),
})

export const PatentItem = z.object({
  publicationNumber: z.string(),
  applicationNumber: z.string(),
  title: z.string(),
  titleEn: z.string().nullable(),
  applicants: z.array(z.string()),
  applicationDate: dayShown,
  publicationDate: dayShown,
  right: Right,
  legalStatus: LegalStatus,
  mainIpc: z.string().nullable(),
  why: z.array(Passage).describe('The fields and passages that answer the query.'),
})

const FacetValue = z.object({
  value: z.string(),
  count: z.int(),
  query: z.string().describe('The query that lists exactly these.'),
})

const unreadable = {
  QUERY_UNREADABLE: refusal(
    422,
    z.object({
      fault: z.enum(QUERY_FAULTS),
      at: z.int().describe('Where in the query it stands, counted in characters from 0.'),
      length: z.int(),
      found: z.string(),
    }),
  ),
  QUERY_TOO_HEAVY: refusal(422, z.object({ seconds: z.int() })),
}

const number = z
  .string()
  .min(4)
  .max(60)
  .regex(/\d/)
  .describe('As people write it: CN113722616A, CN 113722616, ZL202111118231.9.')
const unknown = { UNKNOWN_PATENT: refusal(404, z.object({ publicationNumber: z.string() })) }

const ShownParty = z.object({ name: z.string(), country: z.string().nullable() })
const Holding = z.object({
  from: dayShown,
  to: dayShown,
  names: z.array(z.string()),
  because: z.enum(['filed', 'transferred', 'stated']),
})
const Relative = z.object({
  publicationNumber: z.string(),
  title: z.string(),
  stage: z.string(),
  filedOn: dayShown,
  publishedOn: dayShown,
  legalStatus: z.string(),
  relation: z.enum(['application', 'family', 'cited', 'citing']),
})

export const PatentDocument = z.object({
  version: z.int().describe('The data version that was read.'),
  publicationNumber: z.string(),
  keyedBy: z.enum(['publication', 'application']),
  applicationNumber: z.string(),
  numberState: NumberState,
  office: z.string(),
  kind: z.string(),
  right: Right,
  stage: Stage,
  title: z.string(),
  titles: z.record(z.string(), z.string()),
  abstracts: z.record(z.string(), z.string()),
  claims: z.object({ language: z.string(), complete: z.boolean(), texts: z.array(z.string()) }).nullable(),
  filedOn: dayShown,
  publishedOn: dayShown,
  grantedOn: dayShown,
  priorities: z.array(z.object({ office: z.string().nullable(), number: z.string(), on: dayShown })),
  applicants: z.array(ShownParty),
  owners: z.array(ShownParty),
  inventors: z.array(z.string()),
  agency: z.object({ name: z.string().nullable(), code: z.string().nullable() }).nullable(),
  attorneys: z.array(z.string()),
  mainIpc: z.string().nullable(),
  ipc: z.array(z.string()),
  cpc: z.array(z.string()),
  locarno: z.array(z.string()),
  familyId: z.string().nullable(),
  family: z.array(z.string()),
  relatives: z
    .array(Relative)
    .describe('Documents here of the same application and family, and those it cites or that cite it.'),
  citations: z.array(
    z.object({ number: z.string().nullable(), text: z.string().nullable(), by: z.string().nullable() }),
  ),
  timesCited: z.int().nullable(),
  legalStatus: LegalStatus,
  legalStatusOn: dayShown,
  events: z.array(LegalEvent),
  ownership: z.array(Holding).describe('Who had it from when, from the filing and the recorded transfers.'),
  annuities: z.array(
    z.object({
      year: z.int(),
      dueOn: dayShown,
      paidOn: dayShown,
      amount: z.int().nullable(),
      currency: z.string(),
      state: z.string(),
    }),
  ),
  similar: z.array(
    z.object({
      publicationNumber: z.string(),
      title: z.string(),
      filedOn: dayShown,
      shared: z.array(z.string()).describe('Terms that both titles have.'),
    }),
  ),
  source: z.object({
    file: z.string(),
    line: z.int(),
    sheet: z.string().nullable(),
    format: z.string(),
    observedOn: z.string(),
  }),
})

export const patents = {
  list: get('/patents', {
    summary: 'Search patents; the total is exact and each result says why it was found',
    allow: anyone,
    clauses,
  })
    .input(
      search.extend({
        sort,
        cursor: z.string().max(600).optional(),
        limit: z.coerce.number().int().min(1).max(100).default(20),
      }),
    )
    .output(
      page(PatentItem).extend({
        version: z.int().describe('The data version of every page of this list.'),
        sort: z.enum(SORTS),
      }),
    )
    .errors({ ...unreadable, INVALID_CURSOR: refusal(400) }),

  facets: get('/patents/facets', {
    summary:
      'How many of a list have which right, status, year, class and applicant, each with the query that lists them',
    allow: anyone,
    clauses,
  })
    .input(search)
    .output(
      z.object({
        version: z.int(),
        total: z.int(),
        right: z.array(FacetValue),
        status: z.array(FacetValue),
        year: z.array(FacetValue),
        subclass: z.array(FacetValue),
        applicant: z.array(FacetValue),
      }),
    )
    .errors(unreadable),

  download: get('/patents.csv', {
    summary: 'The same list as CSV, in the same order, up to 5,000 rows',
    allow: anyone,
    clauses: [...clauses, 'S150'],
  })
    .input(search.extend({ sort }))
    .output(download)
    .errors(unreadable),

  get: get('/patents/{publicationNumber}', {
    summary:
      'One patent document with its family, events, owners through time, citations and similar documents',
    allow: anyone,
    clauses,
  })
    .input(z.object({ publicationNumber: number }))
    .output(PatentDocument)
    .errors({ ...unknown, QUERY_TOO_HEAVY: unreadable.QUERY_TOO_HEAVY }),
}
