import { z } from 'zod'

const Words = z.object({ zh: z.string(), en: z.string() })

const Count = z.object({
  value: z.number().nullable(),
  items: z.number(),
  records: z.number(),
  contributors: z.number(),
  largestTwo: z.number(),
})

const PartName = z.enum(['records', 'numerator', 'denominator', 'previous'])

/** What a frozen figure keeps of its declaration and its target, so that it reads the same when both have changed. */
export const Described = z.object({
  names: Words,
  definition: Words,
  unit: z.object({ code: z.string(), zh: z.string(), en: z.string(), per: z.number() }),
  operator: z.string().nullable(),
  target: z.number().nullable(),
  targetYear: z.number().nullable(),
  verdict: z.enum(['met', 'notMet', 'unknown']),
  reason: z.string(),
  confidentiality: z.enum(['public', 'masked', 'protected']),
  days: z.object({ asOf: z.string(), from: z.string(), to: z.string() }),
  parts: z.array(
    z.object({
      name: PartName,
      kind: z.enum(['count', 'countDistinct', 'sum', 'stated']),
      recordKind: z.string(),
      count: Count,
    }),
  ),
})
export type Described = z.infer<typeof Described>
