/** What a landscape and every list behind its marks can be narrowed by. */
import { z } from 'zod'

export const DEAL_FILTERS = ['any', 'transfer', 'licence', 'open-licence', 'none'] as const

/**
 * What a list of documents, and therefore every mark of a chart, can be narrowed by. Texts as they stand in an address; each
 * is one condition and all must hold.
 */
export const LandscapeFilter = z.object({
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
export type LandscapeFilter = z.infer<typeof LandscapeFilter>
