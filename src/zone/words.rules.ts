import { z } from 'zod'

/** A text in both languages of the platform; neither may be left out, so neither page shows a gap. */
export const Bilingual = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) })
export type Bilingual = z.infer<typeof Bilingual>

/** Names things inside a profile: stable, since records and addresses are kept under it. */
export const Code = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'a code is lower-case letters, digits and single hyphens')

export const ClauseId = z.string().regex(/^S[1-9]\d*$/, 'a clause id is S and a number, as in S145')
export const FeatureId = z.string().regex(/^F\d{3,}$/, 'a feature id is F and three digits, as in F013')

/** YYYY-MM-DD, and a day that exists. */
export const Day = z.iso.date()

/**
 * True where the official value is not known: the value is then an example that the zone's owner replaces, and pages
 * show it as one.
 */
export const Sample = z.boolean().default(false)

/** Where a figure or text comes from. `url` only where the source stands on the web. */
export const Source = z.strictObject({
  zh: z.string().min(1),
  en: z.string().min(1),
  url: z.string().optional(),
})
export type Source = z.infer<typeof Source>
