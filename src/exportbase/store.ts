import type { Insertable } from 'kysely'
import type { Database, Tx } from '#platform/database.ts'
import { insertAll } from '#platform/insert-all.ts'
import type { ExchangeRate, Money } from '#platform/money.ts'
import { ATTRIBUTION_RULES, attributedFen, type AttributionRule, inUsCents } from './rules.ts'

type ContractRow = Insertable<Database['exportContract']>
type DrivenRow = Insertable<Database['drivenExport']>

export type NewForeignOffice = Insertable<Database['foreignOffice']>

export interface NewExportContract extends Pick<
  ContractRow,
  | 'id'
  | 'contractNumber'
  | 'agencyId'
  | 'clientName'
  | 'clientCountry'
  | 'serviceClass'
  | 'recognisedOn'
  | 'programmes'
  | 'source'
> {
  readonly amount: Money
  /** Null only for contracts in US dollars. */
  readonly rate: ExchangeRate | null
}

export interface NewDrivenExport extends Pick<
  DrivenRow,
  'id' | 'reference' | 'exporterId' | 'agencyId' | 'recognisedOn' | 'exportFen' | 'serviceRecordId' | 'source'
> {
  readonly rule: AttributionRule
}

export const insertForeignOffices = (tx: Tx, offices: readonly NewForeignOffice[]) =>
  insertAll(tx, 'foreignOffice', offices, { onConflict: 'ignore' })

/** Contracts with their dollars, converted once, here. An agency's contract number that is there already is left as it is. */
export function insertExportContracts(tx: Tx, contracts: readonly NewExportContract[]): Promise<number> {
  const rows = contracts.map(({ amount, rate, ...contract }) => ({
    ...contract,
    currency: amount.currency,
    amountMinor: amount.amount,
    rateBase: rate?.base ?? null,
    rateQuote: rate?.quote ?? null,
    rateValue: rate?.value ?? null,
    ratePer: rate?.per ?? null,
    rateOn: rate?.on ?? null,
    rateSource: rate?.source ?? null,
    usdCents: inUsCents(amount, rate),
  }))
  return insertAll(tx, 'exportContract', rows, { onConflict: 'ignore' })
}

/** Exports with what their rule attributes to the service. */
export function insertDrivenExports(tx: Tx, exports: readonly NewDrivenExport[]): Promise<number> {
  const rows = exports.map(({ rule, ...driven }) => ({
    ...driven,
    attributionRule: rule,
    shareBasisPoints: ATTRIBUTION_RULES[rule].shareBasisPoints,
    attributedFen: attributedFen(driven.exportFen, rule),
  }))
  return insertAll(tx, 'drivenExport', rows, { onConflict: 'ignore' })
}
