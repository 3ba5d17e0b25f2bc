import { z } from 'zod'
import { AnnualPlanParameters } from './annual-plan.ts'

const byYear = z.record(z.string().regex(/^\d{4}$/), z.int().min(0))

/** `zones/<id>/scenarios/<name>.json`: how large the synthetic zone is, and the words its names are made of. */
export const TwinParameters = z.strictObject({
  seed: z.string().min(1),
  /** The last day on which something happens. */
  until: z.iso.date(),
  regionCode: z.string().regex(/^\d{6}$/),
  agencyPrefix: z.string().regex(/^\d{2}$/),
  placeWords: z.array(z.string()).min(3),
  placeWordsEn: z.array(z.string()).min(3),
  streets: z.array(z.string()).min(1),
  agencies: z.strictObject({ active: z.int().min(3), left: z.int().min(0) }),
  firms: z.strictObject({ highTech: z.int(), specialised: z.int(), preIpo: z.int(), other: z.int() }),
  served: z.strictObject({ highTech: z.int(), specialised: z.int(), preIpo: z.int() }),
  practitioners: z.int(),
  attorneys: z.strictObject({ valid: z.int(), expired: z.int() }),
  serviceRecordsPerFirm: z.int().min(1),
  transfers: byYear,
  licences: byYear,
  pct: byYear,
  inventions: z.int(),
  /** Published documents in the corpus. */
  patents: z.int().min(0).default(0),
  cultivationCentres: z.int(),
  abnormalFilings: z.strictObject({ notified: z.int(), withdrawn: z.int() }),
  exportUsdCents: byYear,
  drivenExportFen: byYear,
  revenueFen: byYear,
  budgetFen: byYear,
  training: z.strictObject({ firms: z.int(), people: z.int() }),
  /** Permanent residents by the day they were counted; synthetic like everything here. */
  residents: z.record(z.iso.date(), z.int().min(1)),
  comparator: z.strictObject({
    area: z.string(),
    from: z.iso.date(),
    to: z.iso.date(),
    notified: z.int(),
    withdrawn: z.int(),
  }),
  /** The year the zone set itself to, in all states a task can be in. */
  annualPlan: AnnualPlanParameters,
  /** Days whose figures are published as snapshots when the scenario has been loaded. */
  snapshots: z.array(z.strictObject({ asOf: z.iso.date(), title: z.string().min(1) })),
})
export type TwinParameters = z.infer<typeof TwinParameters>
