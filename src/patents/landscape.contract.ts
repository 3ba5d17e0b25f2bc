import { z } from 'zod'
import { anyone, day, get, pageInput, refusal } from '#platform/contract.ts'
import { LandscapeFilter } from './landscape-filter.rules.ts'

const clauses = ['S29', 'S30', 'S127', 'S16', 'S116']

const Tally = z.object({ key: z.string(), count: z.int() })
const Words = z.object({ zh: z.string(), en: z.string() })

/** On what a landscape was counted: the same numbers come out whenever it is asked for with these again. */
export const Basis = z.object({
  dataVersion: z.int().describe('The version of the patents.'),
  ownerVersion: z.int().describe('The version in which names are joined into owners.'),
  asOf: day,
})
export type Basis = z.infer<typeof Basis>

export const IndustryDefinition = z.object({
  code: z.string(),
  names: Words,
  from: day,
  sample: z.boolean().describe('No official definition is known; this one is an example.'),
  source: Words,
  ipc: z.array(z.string()),
  keywords: z.array(z.string()),
})

const Owner = Tally.extend({
  ownerId: z.uuid().nullable(),
  name: z.string(),
  names: z.int().describe('Under how many names.'),
})

export const Landscape = z.object({
  basis: Basis,
  filter: LandscapeFilter,
  industry: IndustryDefinition.nullable(),
  documents: z.int().describe('Publications: an application and its grant are two.'),
  trend: z.array(z.object({ year: z.int(), filed: z.int(), granted: z.int() })),
  yearUnknown: z.int(),
  rights: z.array(Tally),
  statuses: z.array(Tally),
  fields: z.array(Tally).describe('A document counts once in each of its fields.'),
  subclasses: z.array(Tally),
  owners: z.object({ distinct: z.int(), items: z.array(Owner) }),
  inventors: z.object({ distinct: z.int(), items: z.array(Tally) }),
  agencies: z.object({ distinct: z.int(), items: z.array(Tally), without: z.int() }),
  provinces: z.array(Tally),
  countries: z.array(Tally),
  zone: z.object({ in: z.int(), out: z.int(), unknown: z.int() }),
  deals: z.object({
    dealt: z.int().describe('Documents whose application was transferred or licensed.'),
    transfer: z.int(),
    licence: z.int(),
    openLicence: z.int(),
    rate: z.number().nullable(),
  }),
  whiteSpace: z.array(
    z.object({
      subclass: z.string(),
      count: z.int(),
      zone: z.int(),
      recent: z.int(),
      presence: z.number(),
      gap: z.boolean(),
    }),
  ),
  recentFrom: z.int().describe('The first year that counts as recent.'),
})
export type Landscape = z.infer<typeof Landscape>

export const Document = z.object({
  publicationNumber: z.string(),
  applicationNumber: z.string(),
  title: z.string(),
  titleEn: z.string(),
  applicants: z.array(z.string()),
  filedOn: day.nullable(),
  publishedOn: day.nullable(),
  right: z.string(),
  status: z.string(),
  mainIpc: z.string(),
})

const Industry = z.object({
  code: z.string(),
  names: Words,
  defined: z.boolean(),
  documents: z.int().nullable().describe('Null where the industry has no definition.'),
})

export const landscapeRefusals = {
  UNKNOWN_INDUSTRY: refusal(404, z.object({ industry: z.string() })),
  INDUSTRY_NOT_DEFINED: refusal(409, z.object({ industry: z.string() })),
  QUERY_NOT_READ: refusal(400, z.object({ position: z.int(), reason: z.string() })),
  TOO_LARGE: refusal(422, z.object({ limit: z.string() })),
}

export const landscape = {
  get: get('/patents/landscape', {
    summary:
      'The landscape of an industry or of any query: trend, owners, inventors, classes, status, places, deals, gaps',
    allow: anyone,
    clauses,
  })
    .input(LandscapeFilter)
    .output(Landscape)
    .errors(landscapeRefusals),

  documents: get('/patents/landscape/documents', {
    summary: 'The documents that a mark of a landscape counts',
    allow: anyone,
    clauses,
  })
    .input(LandscapeFilter.extend(pageInput.shape))
    .output(
      z.object({
        basis: Basis,
        total: z.int(),
        items: z.array(Document),
        next: z.string().nullable(),
      }),
    )
    .errors({ ...landscapeRefusals, INVALID_CURSOR: refusal(400) }),

  industries: get('/patents/landscape/industries', {
    summary:
      'The industry systems of the zone, with the documents of each member; unknown members stay empty',
    allow: anyone,
    clauses,
  }).output(
    z.object({
      basis: Basis,
      documents: z.int(),
      note: Words,
      systems: z.array(
        z.object({
          id: z.string(),
          label: z.string(),
          names: Words,
          clause: z.string(),
          source: Words,
          groups: z.array(
            z.object({
              id: z.string(),
              names: Words,
              stated: z.int(),
              sample: z.boolean(),
              note: Words.nullable(),
              members: z.array(Industry),
            }),
          ),
        }),
      ),
    }),
  ),
}
