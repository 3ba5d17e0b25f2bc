import type { Insertable } from 'kysely'
import type { Database } from '#platform/database.ts'

/** Every table the twin fills, in an order in which each row's references stand before it. */
export const TWIN_TABLES = [
  'party',
  'partyState',
  'partyStanding',
  'agency',
  'agencyFact',
  'agencyMembership',
  'spaceLease',
  'agencyReturn',
  'clientFile',
  'clientFileHandover',
  'agencyBrand',
  'practitionerPost',
  'attorneyLicence',
  'serviceRecord',
  'deal',
  'dealPatent',
  'operationPlatform',
  'navigationBase',
  'cultivationCentre',
  'pctApplication',
  'invention',
  'inventionCriterion',
  'patentProductReturn',
  'residentPopulation',
  'foreignOffice',
  'exportContract',
  'drivenExport',
  'overseasWorksite',
  'worksiteReport',
  'abnormalFiling',
  'agencyPenalty',
  'withdrawalComparator',
  'trainingClass',
  'trainingAttendance',
  'budgetLine',
  'scenarioPlant',
] as const satisfies readonly (keyof Database)[]

export type TwinTable = (typeof TWIN_TABLES)[number]
export type TwinRows = { [Table in TwinTable]: Insertable<Database[Table]>[] }

export function emptyTwin(): TwinRows {
  return Object.fromEntries(TWIN_TABLES.map((table) => [table, []])) as unknown as TwinRows
}

/** Said of every row, so that no synthetic record can pass for a real one wherever it travels. */
export const SOURCE = '合成示例数据 (synthetic)'

/** What is true of the twin because it was planted there: detectors are scored against these. */
export type PlantKind =
  | 'duplicate-organisation'
  | 'revenue-jump'
  | 'missing-return'
  | 'expired-licence'
  | 'abnormal-burst'
  | 'quick-resale'
  | 'stale-directory-entry'
