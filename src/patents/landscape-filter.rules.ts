/** What a landscape and every list behind its marks can be narrowed by. */
import { z } from 'zod'

export const DEAL_FILTERS = ['any', 'transfer', 'licence', 'open-licence', 'none'] as const

/**
 * What a list of documents, and therefore every mark of a chart, can be narrowed by. Texts as they stand in an address; each
 * is one condition and all must hold.
 */
const Conditions = z.object({
  q: z.string().trim().max(1000).optional().describe('In the language of the search.'),
  industry: z
    .string()
    .regex(/^[a-z0-9-]{1,60}$/)
    .optional()
    .describe('A member of the industry systems of the zone.'),
  year: z
    .string()
    .regex(/^(\d{4}|-)$/)
    .optional()
    .describe('Year of filing; `-` where none is known.'),
  granted: z
    .string()
    .regex(/^(\d{4}|-)$/)
    .optional()
    .describe('Year of grant; `-` where none is known.'),
  right: z.string().max(20).optional(),
  status: z.string().max(20).optional(),
  field: z
    .string()
    .regex(/^([1-9]|[12]\d|3[0-5]|-)$/)
    .optional()
    .describe('One of the 35 fields of technology.'),
  subclass: z
    .string()
    .regex(/^[A-H]\d\d[A-Z]$/)
    .optional(),
  owner: z.string().min(1).max(500).optional().describe('The id of an owner, or a name that stands alone.'),
  inventor: z.string().min(1).max(500).optional(),
  agency: z.string().min(1).max(300).optional(),
  province: z.string().min(1).max(10).optional(),
  country: z
    .string()
    .regex(/^([A-Z]{2}|-)$/)
    .optional(),
  zone: z.enum(['in', 'out', '-']).optional().describe('Whether the first address lies in the zone.'),
  deal: z
    .enum(DEAL_FILTERS)
    .optional()
    .describe('Whether it was transferred or licensed, by the ledger of deals.'),
})

export const LandscapeFilter = Conditions.extend({
  and: z
    .string()
    .max(4000)
    .refine((value) => readFurther(value) !== undefined, { message: 'no conditions' })
    .optional()
    .describe(
      'Further conditions on what is narrowed already, written as a query string: `subclass=G01N&zone=in`.',
    ),
})
export type LandscapeFilter = z.infer<typeof LandscapeFilter>

const MOST_NESTED = 4

type Conditions = z.infer<typeof Conditions> & { readonly and?: string | undefined }

function readFurther(value: string, nested = 1): Conditions | undefined {
  const given = Object.fromEntries(new URLSearchParams(value))
  if (nested > MOST_NESTED || Object.keys(given).length === 0) return undefined
  const { and, ...plain } = given
  const read = Conditions.strict().safeParse(plain)
  if (!read.success || (and !== undefined && readFurther(and, nested + 1) === undefined)) return undefined
  return { ...read.data, ...(and !== undefined && { and }) }
}

/** The conditions that a filter holds one level down. */
export function furtherOf({ and }: LandscapeFilter): LandscapeFilter | undefined {
  return and === undefined ? undefined : readFurther(and)
}

/**
 * A filter with the condition of a mark. A document has several classes, fields, owners, inventors and countries: a bar of
 * another class within one class asks for both, so what the filter narrows already goes a level down and is not replaced.
 */
export function narrowed(filter: LandscapeFilter, mark: LandscapeFilter): LandscapeFilter {
  const entries = Object.entries(mark).filter((entry): entry is [string, string] => entry[1] !== undefined)
  const asked = (name: string) => filter[name as keyof LandscapeFilter]
  const second = entries.filter(([name, value]) => asked(name) !== undefined && asked(name) !== value)
  const first = Object.fromEntries(entries.filter(([name]) => asked(name) === undefined))
  if (second.length === 0) return { ...filter, ...first }
  const deeper = new URLSearchParams(second)
  if (filter.and !== undefined) deeper.set('and', filter.and)
  return { ...filter, ...first, and: deeper.toString() }
}
