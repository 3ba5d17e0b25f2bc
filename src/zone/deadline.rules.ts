import { z } from 'zod'

import { Bilingual, ClauseId, Code, Day, Sample, Source } from './words.rules.ts'

/** One dated value of a deadline: how long, counted in what, and who says so. */
const DeadlineValue = z.strictObject({
  /** The first day on which a clock that starts takes this value. */
  from: Day,
  n: z.int().min(1).max(3660),
  unit: z.enum(['workingDays', 'calendarDays', 'months']),
  /** Where a term of days or months that ends on a day off ends: there, or on the next working day. */
  endingOnDayOff: z.enum(['stays', 'nextWorkingDay']).default('stays'),
  source: Source,
  article: z.string().min(1).optional(),
  sample: Sample,
})

/** A term that procedures name by its code, so that a zone changes the days and not the program. */
export const Deadline = z.strictObject({
  code: Code,
  names: Bilingual,
  values: z.array(DeadlineValue).min(1),
  clauses: z.array(ClauseId).min(1),
  note: Bilingual.nullable(),
})
export type Deadline = z.infer<typeof Deadline>

export const DeadlinesFile = z.strictObject({ note: Bilingual, deadlines: z.array(Deadline).min(1) })

/** A body outside the stations to which a matter can be handed: “not ours” always names one. */
export const ReceivingBody = z.strictObject({
  code: Code,
  names: Bilingual,
  /** What is its business, so that the right one is chosen. */
  duty: Bilingual,
  clauses: z.array(ClauseId).min(1),
  sample: Sample,
})
export type ReceivingBody = z.infer<typeof ReceivingBody>

export const ReceivingBodiesFile = z.strictObject({ note: Bilingual, bodies: z.array(ReceivingBody).min(1) })

/** The value of a deadline for a clock that starts on a day; undefined before the first. */
export function deadlineOn(deadlines: readonly Deadline[], code: string, on: string) {
  const deadline = deadlines.find((one) => one.code === code)
  const value = deadline?.values
    .filter(({ from }) => from <= on)
    .toSorted((one, other) => (one.from < other.from ? 1 : -1))[0]
  return deadline === undefined || value === undefined ? undefined : { deadline, value }
}
