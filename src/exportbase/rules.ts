import { convert, type ExchangeRate, type Money } from '#platform/money.ts'

/** Cents of a US dollar at the rate of its day; the rate stays with the contract, so that anybody can convert again. */
export function inUsCents(amount: Money, rate: ExchangeRate | null): number {
  if (amount.currency === 'USD') return amount.amount
  if (rate === null) throw new RangeError(`an amount in ${amount.currency} needs a rate`)
  return convert(amount, 'USD', rate).money.amount
}

/**
 * How much of a firm's export counts as driven by an IP service (带动). The plan gives no rule, so each is named, states
 * its share, and stands beside the amount it gave.
 */
export const ATTRIBUTION_RULES = {
  'licensed-product': {
    shareBasisPoints: 10_000,
    zh: '示例:出口的是经名录内机构办理许可或转让的技术或产品,全额计入',
    en: 'Sample: what is exported was licensed or assigned through an agency of the directory; all of it counts',
  },
  'served-in-year': {
    shareBasisPoints: 3_000,
    zh: '示例:出口企业在出口前一年内接受过名录内机构的涉外服务,按三成计入',
    en: 'Sample: the exporter was served abroad by an agency of the directory in the year before; three tenths count',
  },
} as const

export type AttributionRule = keyof typeof ATTRIBUTION_RULES

/** Whole fen, rounded down: what a rule attributes is never more than its share. */
export function attributedFen(exportFen: number, rule: AttributionRule): number {
  return Number((BigInt(exportFen) * BigInt(ATTRIBUTION_RULES[rule].shareBasisPoints)) / 10_000n)
}
